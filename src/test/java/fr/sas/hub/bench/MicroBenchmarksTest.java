package fr.sas.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The micro-benchmarks are no part of the build, but measure the classes of this one. */
class MicroBenchmarksTest {

    private static final Path SOURCES = Path.of("bench/micro/src");

    @Test
    void they_compile_against_the_hub_as_it_is(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (Stream<Path> files = Files.walk(SOURCES);
                StandardJavaFileManager manager = compiler.getStandardFileManager(found, null, null)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));

            compiler.getTask(null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();

            assertThat(sources).isNotEmpty();
            assertThat(found.getDiagnostics())
                    .filteredOn(one -> one.getKind() == Diagnostic.Kind.ERROR)
                    .isEmpty();
        }
    }
}
