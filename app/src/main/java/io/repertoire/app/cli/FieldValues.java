package io.repertoire.app.cli;

import io.repertoire.ingest.layout.TypedCustomer;
import io.repertoire.schemas.SubmittedCustomer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code FIELD=VALUE ...} of a command line. */
final class FieldValues {

    private FieldValues() {}

    /** Of a new customer: every field has a value. */
    static SubmittedCustomer ofNew(CommandSpec spec, List<String> arguments) {
        return customer(spec, TypedCustomer.ofNew(fields(spec, arguments)));
    }

    /** Of a customer that is there: {@code FIELD=} clears. */
    static SubmittedCustomer ofChange(CommandSpec spec, List<String> arguments) {
        return customer(spec, TypedCustomer.ofChange(fields(spec, arguments)));
    }

    private static Map<String, String> fields(CommandSpec spec, List<String> arguments) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw new ParameterException(spec.commandLine(), "FIELD=VALUE is needed, not \"" + argument + "\".");
            }
            if (fields.put(argument.substring(0, equals), argument.substring(equals + 1)) != null) {
                throw new ParameterException(
                        spec.commandLine(), "\"" + argument.substring(0, equals) + "\" is given twice.");
            }
        }
        return fields;
    }

    private static SubmittedCustomer customer(CommandSpec spec, TypedCustomer.Reading reading) {
        if (reading instanceof TypedCustomer.Reading.Bad bad) {
            throw new ParameterException(spec.commandLine(), bad.message());
        }
        return ((TypedCustomer.Reading.Good) reading).customer();
    }
}
