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

    /** @param mayClear whether {@code FIELD=} is allowed */
    static SubmittedCustomer read(CommandSpec spec, List<String> arguments, boolean mayClear) {
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
        TypedCustomer.Reading reading = TypedCustomer.read(fields, mayClear);
        if (reading instanceof TypedCustomer.Reading.Bad bad) {
            throw new ParameterException(spec.commandLine(), bad.message());
        }
        return ((TypedCustomer.Reading.Good) reading).customer();
    }
}
