package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import fr.sas.hub.testing.FrenchSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every wording of the hub, read from where it is written: people are told whole French sentences, without names of fields or codes. */
class WordingsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** What is made of an English and a French text, its last two or the two before a sentence for people who read English. */
    private static final Set<String> MADE_OF_BOTH = Set.of("Wording", "NotFound", "InvalidInput", "Fault");

    private static final Set<String> CALLED_WITH_BOTH = Set.of("fault", "here", "unreadable");

    /** Titles of statuses are a few words, as in RFC 9110. */
    private static final Set<String> NO_SENTENCES = Set.of("StatusTitles.java");

    /** One wording. {@code …} stands for what is only known when it is told. */
    private record Told(String where, String french) {}

    @Test
    void people_are_told_whole_french_sentences_without_names_of_fields_or_codes() throws IOException {
        List<Told> all = all();

        assertThat(all).hasSizeGreaterThan(150);
        assertThat(all.stream()
                        .filter(told -> NO_SENTENCES.stream().noneMatch(told.where::contains))
                        .flatMap(told -> FrenchSentence.faultsOf(told.french).stream()
                                .map(fault -> told.where + " « " + told.french + " » " + fault)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nomme au moins une valeur parmi AMB, HH, VR",
                "n'est pas de la nature que dit participatesThrough",
                "Un delegate n'a pas le droit settings:write : il appartient à practitioner, manager",
                "Une valeur parmi practice, cpts, msp, cds, sos.",
                "La date n'est pas avant from.",
                "Le champ vendor_slots est inconnu.",
                "",
            })
    void what_programs_say_to_each_other_is_seen(String text) {
        assertThat(FrenchSentence.faultsOf(text)).isNotEmpty();
    }

    private static List<Told> all() throws IOException {
        List<Told> all = new ArrayList<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitNewClass(NewClassTree made, Void nothing) {
                        if (MADE_OF_BOTH.contains(last(made.getIdentifier().toString()))) {
                            add(made.getArguments());
                        }
                        return super.visitNewClass(made, nothing);
                    }

                    @Override
                    public Void visitMethodInvocation(MethodInvocationTree called, Void nothing) {
                        if (CALLED_WITH_BOTH.contains(
                                last(called.getMethodSelect().toString()))) {
                            add(called.getArguments());
                        }
                        return super.visitMethodInvocation(called, nothing);
                    }

                    private void add(List<? extends ExpressionTree> arguments) {
                        if (arguments.size() < 2 || isHandedOn(arguments.getLast())) {
                            return;
                        }
                        ExpressionTree french = french(arguments);
                        long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, french));
                        String file = Path.of(unit.getSourceFile().toUri()).getFileName() + ":" + line;
                        all.add(new Told(file, text(french)));
                    }
                }.scan(unit, null);
            }
        }
        return all;
    }

    /** The last text, or the one before where two sentences follow what programs say to each other. */
    private static ExpressionTree french(List<? extends ExpressionTree> arguments) {
        ExpressionTree before = arguments.get(arguments.size() - 2);
        return arguments.size() > 2 && isSentence(before) && isSentence(arguments.getLast())
                ? before
                : arguments.getLast();
    }

    private static boolean isSentence(ExpressionTree argument) {
        return !isHandedOn(argument) && text(argument).matches("(?s)[\\p{Lu}\\d…].*\\.");
    }

    /** Written elsewhere, where it is looked at. */
    private static boolean isHandedOn(ExpressionTree french) {
        return french instanceof IdentifierTree
                || french instanceof MemberSelectTree
                || french instanceof MethodInvocationTree
                || french instanceof NewClassTree;
    }

    private static String text(ExpressionTree expression) {
        return switch (expression) {
            case LiteralTree literal -> String.valueOf(literal.getValue());
            case BinaryTree both -> text(both.getLeftOperand()) + text(both.getRightOperand());
            case ParenthesizedTree inner -> text(inner.getExpression());
            default -> "…";
        };
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }
}
