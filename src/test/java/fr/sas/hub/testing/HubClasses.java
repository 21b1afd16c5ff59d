package fr.sas.hub.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Classes as architecture tests see them, read once. */
public final class HubClasses {

    /** The hub's own. */
    public static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fr.sas.hub");

    /** What stands beside them: the tests, the demo and the benchmark. */
    public static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("fr.sas.hub");

    private HubClasses() {}
}
