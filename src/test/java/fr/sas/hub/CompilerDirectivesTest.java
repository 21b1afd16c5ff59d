package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the second compiler leaves alone, so that it comes to searches sooner: docs/decisions/0105. */
class CompilerDirectivesTest {

    private static final Path DIRECTIVES = Path.of("deploy", "compiler-directives.json");
    /** The JDK that has {@code java.lang.classfile}. */
    private static final int CLASS_FILES = 24;

    private static final Pattern PATTERN = Pattern.compile("\"([^\"]+)\\.([^\".]+)\"");

    @Test
    void the_jvm_reads_them() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:CompilerDirectivesFile=" + DIRECTIVES,
                        "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).contains("1 compiler directives added");
    }

    @Test
    void each_pattern_names_a_class_that_the_hub_or_its_jdk_has() throws IOException {
        NavigableSet<String> classes = classes();

        assertThat(patterns())
                .hasSizeGreaterThan(50)
                .allSatisfy(pattern -> assertThat(
                                pattern.endsWith("*")
                                        ? String.valueOf(classes.ceiling(without(pattern)))
                                        : classes.contains(pattern) ? pattern : "no such class")
                        .startsWith(without(pattern)));
    }

    @Test
    void each_method_that_a_pattern_names_is_one_of_its_class() throws Exception {
        for (MatchResult found : matches()) {
            String method = found.group(2);
            if (!found.group(1).endsWith("*") && !method.equals("*")) {
                Class<?> type = Class.forName(
                        found.group(1).replace('/', '.'), false, getClass().getClassLoader());
                assertThat(type.getDeclaredMethods())
                        .as(found.group())
                        .anyMatch(one -> method.endsWith("*")
                                ? one.getName().startsWith(without(method))
                                : one.getName().equals(method));
            }
        }
    }

    @Test
    void nothing_of_the_hub_nor_what_carries_an_answer_or_a_delivery_is_left_to_the_first_compiler()
            throws IOException {
        assertThat(patterns()).noneMatch(pattern -> pattern.startsWith("fr/"));
        for (String carries : List.of(
                "org/apache/coyote/http11/Http11Processor",
                "org/apache/catalina/core/ApplicationFilterChain",
                "org/springframework/security/web/FilterChainProxy",
                "org/springframework/web/servlet/DispatcherServlet",
                "org/springframework/context/event/SimpleApplicationEventMulticaster",
                "org/springframework/context/support/AbstractApplicationContext",
                "org/springframework/core/ResolvableType",
                "org/springframework/transaction/interceptor/TransactionInterceptor",
                "org/springframework/beans/factory/support/DefaultListableBeanFactory",
                "org/hibernate/metamodel/mapping/internal/BasicAttributeMapping",
                "com/fasterxml/jackson/core/JsonParser",
                "com/github/benmanes/caffeine/cache/BoundedLocalCache",
                "org/apache/camel/impl/engine/CamelInternalProcessor",
                "org/apache/camel/util/ObjectHelper",
                "org/postgresql/core/v3/QueryExecutorImpl",
                "org/thymeleaf/TemplateEngine",
                "java/util/HashMap",
                "java/lang/invoke/LambdaForm$MH")) {
            assertThat(patterns())
                    .as(carries)
                    .noneMatch(pattern ->
                            pattern.endsWith("*") ? carries.startsWith(without(pattern)) : carries.equals(pattern));
        }
    }

    private static String without(String pattern) {
        return pattern.replace("*", "");
    }

    private static List<String> patterns() throws IOException {
        return matches().stream().map(found -> found.group(1)).toList();
    }

    /** Those for a JDK newer than this one left out. */
    private static List<MatchResult> matches() throws IOException {
        return Files.readAllLines(DIRECTIVES).stream()
                .filter(line -> !line.strip().startsWith("//"))
                .flatMap(line -> PATTERN.matcher(line).results())
                .filter(found -> Runtime.version().feature() >= CLASS_FILES
                        || !found.group(1).contains("/classfile/"))
                .toList();
    }

    /** With slashes, as the JVM writes them. */
    private static NavigableSet<String> classes() throws IOException {
        NavigableSet<String> classes = new TreeSet<>();
        ClassPath.from(CompilerDirectivesTest.class.getClassLoader()).getResources().stream()
                .map(ClassPath.ResourceInfo::getResourceName)
                .forEach(classes::add);
        List<Path> modules = new ArrayList<>();
        try (Stream<Path> some =
                Files.list(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules"))) {
            some.forEach(modules::add);
        }
        for (Path module : modules) {
            try (Stream<Path> files = Files.walk(module)) {
                files.forEach(file -> classes.add(module.relativize(file).toString()));
            }
        }
        return new TreeSet<>(classes.stream()
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .toList());
    }
}
