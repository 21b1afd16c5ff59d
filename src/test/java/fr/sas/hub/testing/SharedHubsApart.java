package fr.sas.hub.testing;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The order of test classes that lets two run at a time without waiting for each other: one thread takes classes from the front, the
 * other from the end, so those that share the most used hub come first, those that share nothing next, and those that share
 * another hub last. Classes do not depend on each other: any other order is as right, and only slower.
 */
public final class SharedHubsApart implements ClassOrderer {

    private static final String NONE = "";
    private static final OneHubOneTest HUBS = new OneHubOneTest();

    @Override
    public void orderClasses(ClassOrdererContext context) {
        Map<ClassDescriptor, String> hubs = new HashMap<>();
        context.getClassDescriptors().forEach(test -> hubs.put(test, hub(test)));
        Map<String, Long> sharers =
                hubs.values().stream().filter(hub -> !hub.equals(NONE)).collect(groupingBy(hub -> hub, counting()));
        List<String> mostUsedFirst = sharers.keySet().stream()
                .sorted(Comparator.<String, Long>comparing(sharers::get)
                        .reversed()
                        .thenComparing(hub -> hub))
                .toList();
        context.getClassDescriptors().sort(Comparator.comparingInt(test -> place(hubs.get(test), mostUsedFirst)));
    }

    private static int place(String hub, List<String> mostUsedFirst) {
        int rank = mostUsedFirst.indexOf(hub);
        return rank == 0 ? -1 : rank < 0 ? 0 : rank;
    }

    private static String hub(ClassDescriptor test) {
        return test.findAnnotation(ResourceLock.class)
                .map(lock -> HUBS.provideForClass(test.getTestClass())
                        .iterator()
                        .next()
                        .getKey())
                .orElse(NONE);
    }
}
