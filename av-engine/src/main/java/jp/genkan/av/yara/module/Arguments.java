package jp.genkan.av.yara.module;

import jp.genkan.av.pattern.Regex;

/** The arguments of a call, none of them undefined. Good until the function returns. */
public interface Arguments {
    long integer(int index);

    double number(int index);

    String text(int index);

    Regex regex(int index);
}
