package jp.genkan.av.yara.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.genkan.av.yara.condition.Term;
import jp.genkan.av.yara.module.Member;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.ValueType;
import jp.genkan.av.yara.module.YaraModules;
import org.jspecify.annotations.Nullable;

/**
 * Reads what leads into modules: {@code pe.sections[0].name}, {@code pe.imports("a.dll")}.
 *
 * <p>Thread rule: one thread.
 */
final class Paths {
    private final Tokens tokens;
    private final ConditionParser conditions;
    private final Set<String> imports;

    Paths(Tokens tokens, ConditionParser conditions, Set<String> imports) {
        this.tokens = tokens;
        this.conditions = conditions;
        this.imports = imports;
    }

    /**
     * What a loop goes over.
     *
     * @param member says what its elements are
     */
    record Collected(Term.Place place, Member<?> member) {
        boolean isDictionary() {
            return member instanceof Member.TextDictionary;
        }

        /** What the loop's variable is. */
        Object variable(int slot) {
            return switch (member) {
                case Member.StructArray<?, ?> array ->
                    new Step(new Term.Place.Loop(slot, array.type()), array.type(), null, null);
                case Member.IntegerArray<?> array -> new Term.Variable(slot, ValueType.INTEGER);
                default -> new Term.Variable(slot, ValueType.TEXT);
            };
        }
    }

    /**
     * A place on the way.
     *
     * @param struct its fields, if it is a structure
     * @param member the array, dictionary or functions it is otherwise
     * @param value what it is if it is a value
     */
    record Step(
            Term.@Nullable Place place,
            @Nullable StructType<?> struct,
            @Nullable Member<?> member,
            @Nullable Term value) {}

    /** Reads on from a name to a value. */
    Term value(Token name) throws SyntaxException {
        Step step = walk(name);
        if (step.value() == null) {
            throw Tokens.error(name, "\"" + name.text() + "\" leads to no value");
        }
        return step.value();
    }

    /** Reads on from a name to an array or dictionary. */
    Collected iterable(Token name) throws SyntaxException {
        Step step = walk(name);
        if (step.place() == null || step.member() == null || step.member() instanceof Member.Functions) {
            throw Tokens.error(name, "\"" + name.text() + "\" leads to nothing to iterate over");
        }
        return new Collected(step.place(), step.member());
    }

    private Step walk(Token name) throws SyntaxException {
        Step step = start(name);
        while (true) {
            Token token = tokens.peek();
            if (token.is(".")) {
                tokens.next();
                step = field(step, tokens.next());
            } else if (token.is("[") && step.member() != null) {
                tokens.next();
                step = element(step, token);
                tokens.expect("]");
            } else if (token.is("(") && step.member() instanceof Member.Functions<?> functions) {
                step = call(step, functions, token);
            } else {
                return step;
            }
        }
    }

    private Step start(Token name) throws SyntaxException {
        Object variable = conditions.variables().get(name.text());
        if (variable instanceof Step step) {
            return step;
        }
        if (variable instanceof Term term) {
            return new Step(null, null, null, term);
        }
        int module = imports.contains(name.text()) ? YaraModules.index(name.text()) : -1;
        if (module < 0) {
            throw Tokens.error(name, "undefined identifier \"" + name.text() + "\"");
        }
        return new Step(
                new Term.Place.Root(module), YaraModules.all().get(module).type(), null, null);
    }

    private static Step field(Step step, Token name) throws SyntaxException {
        if (name.kind() != Token.Kind.NAME || step.struct() == null || step.place() == null) {
            throw Tokens.error(name, "no structure to take a field of");
        }
        Member<?> member = step.struct().member(name.text());
        String of = step.struct().name();
        if (member == null) {
            throw Tokens.error(name, "invalid field name \"" + name.text() + "\" of " + of);
        }
        Term.Place place = step.place();
        String text = name.text();
        return switch (member) {
            case Member.IntegerConstant<?> constant ->
                new Step(null, null, null, new Term.IntegerConstant(constant.value()));
            case Member.TextConstant<?> constant -> new Step(null, null, null, new Term.TextConstant(constant.value()));
            case Member.IntegerField<?> field -> value(place, member, text, ValueType.INTEGER);
            case Member.FloatField<?> field -> value(place, member, text, ValueType.FLOAT);
            case Member.TextField<?> field -> value(place, member, text, ValueType.TEXT);
            case Member.StructField<?, ?> field ->
                new Step(new Term.Place.Inner(place, member, text), field.type(), null, null);
            case Member.Functions<?> functions -> new Step(place, null, member, null);
            default -> new Step(new Term.Place.Inner(place, member, text), null, member, null);
        };
    }

    private static Step value(Term.Place place, Member<?> member, String name, ValueType type) {
        return new Step(null, null, null, new Term.Field(place, member, name, type));
    }

    private Step element(Step step, Token bracket) throws SyntaxException {
        Term.Place place = step.place();
        Term index = conditions.value();
        Member<?> member = step.member();
        if (place == null || member == null) {
            throw Tokens.error(bracket, "neither array nor dictionary");
        }
        ValueType wanted = member instanceof Member.TextDictionary ? ValueType.TEXT : ValueType.INTEGER;
        if (index.type() != wanted) {
            throw Tokens.error(bracket, wanted == ValueType.TEXT ? "a key is a text" : "an index is an integer");
        }
        return switch (member) {
            case Member.IntegerArray<?> array ->
                new Step(null, null, null, new Term.Element(place, index, ValueType.INTEGER));
            case Member.TextArray<?> array ->
                new Step(null, null, null, new Term.Element(place, index, ValueType.TEXT));
            case Member.TextDictionary<?> dictionary -> new Step(null, null, null, new Term.Entry(place, index));
            case Member.StructArray<?, ?> array ->
                new Step(new Term.Place.ElementOf(place, index), array.type(), null, null);
            default -> throw Tokens.error(bracket, "neither array nor dictionary");
        };
    }

    private Step call(Step step, Member.Functions<?> functions, Token bracket) throws SyntaxException {
        tokens.next();
        List<Term> arguments = new ArrayList<>();
        if (!tokens.peek().is(")")) {
            do {
                arguments.add(conditions.expression());
            } while (tokens.accept(","));
        }
        tokens.expect(")");
        List<ValueType> types = arguments.stream().map(Term::type).toList();
        for (Member.Overload<?> overload : functions.overloads()) {
            if (overload.parameters().equals(types) && step.place() != null) {
                ValueType result = switch (overload.body()) {
                    case Member.IntegerBody<?> body -> ValueType.INTEGER;
                    case Member.FloatBody<?> body -> ValueType.FLOAT;
                    case Member.TextBody<?> body -> ValueType.TEXT;
                };
                Term call = new Term.Call(step.place(), overload, arguments, result);
                return new Step(null, null, null, call);
            }
        }
        throw Tokens.error(bracket, "wrong arguments for function");
    }
}
