package jp.genkan.core.event;

/** Where an event writes its own fields. Names are EVE's where EVE has one. Single-threaded. */
public interface EveFields {
    /** A text field. */
    EveFields put(String name, String value);

    /** A number. */
    EveFields put(String name, long value);

    /** A number with decimals. */
    EveFields put(String name, double value);

    /** True or false. */
    EveFields put(String name, boolean value);

    /** A time stamp in EVE's form, {@code 2026-11-24T09:00:00.000000+0900}. */
    EveFields putTime(String name, long epochNanos);

    /** Begins an object of this name; closed by {@link #end}. */
    EveFields object(String name);

    /** Begins an object as an element of the array that is open. */
    EveFields object();

    /** Begins an array of this name; closed by {@link #end}. */
    EveFields array(String name);

    /** A text as an element of the array that is open. */
    EveFields add(String value);

    /** A number as an element of the array that is open. */
    EveFields add(long value);

    /** Closes the object or array that was begun last. */
    EveFields end();
}
