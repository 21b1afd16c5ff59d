package fr.sas.hub.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The order of test classes that lets two run at a time without waiting for each other: one thread takes classes from the front, the
 * other from the end, so those that share the most used hub come first, those that share nothing next, and those that share
 * another hub last. Among each of these the order stays as it was given, as by Surefire's {@code runOrder}. Classes do not depend on
 * each other: any other order is as right, and only slower.
 */
public final class SharedHubsApart implements ClassOrderer {

    private static final String NONE = "";

    @Override
    public void orderClasses(ClassOrdererContext context) {
        Map<ClassDescriptor, String> hubs = new HashMap<>();
        context.getClassDescriptors().forEach(test -> hubs.put(test, hub(test)));
        List<String> mostUsedFirst = mostUsedFirst(hubs);
        context.getClassDescriptors().sort(Comparator.comparingInt(test -> place(hubs.get(test), mostUsedFirst)));
    }

    /** Hubs that are shared; of two that as many share, the one of the class whose name comes first. */
    private static List<String> mostUsedFirst(Map<ClassDescriptor, String> hubs) {
        Map<String, TreeSet<String>> sharers = hubs.entrySet().stream()
                .filter(test -> !test.getValue().equals(NONE))
                .collect(groupingBy(
                        Map.Entry::getValue,
                        mapping(test -> test.getKey().getTestClass().getName(), toCollection(TreeSet::new))));
        return sharers.entrySet().stream()
                .filter(hub -> hub.getValue().size() > 1)
                .sorted(Comparator.comparingInt((Map.Entry<String, TreeSet<String>> hub) ->
                                hub.getValue().size())
                        .reversed()
                        .thenComparing(hub -> hub.getValue().first()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int place(String hub, List<String> mostUsedFirst) {
        int rank = mostUsedFirst.indexOf(hub);
        return rank == 0 ? -1 : rank < 0 ? 0 : rank;
    }

    private static String hub(ClassDescriptor test) {
        boolean sharesOne = test.findRepeatableAnnotations(ResourceLock.class).stream()
                .anyMatch(lock -> Arrays.asList(lock.providers()).contains(OneHubOneTest.class));
        return sharesOne ? OneHubOneTest.hub(test.getTestClass()) : NONE;
    }
}
