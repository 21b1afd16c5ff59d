package fr.sas.hub.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places overlapping blocks of a day side by side: what was typed first, with about half of the width; each block extends
 * over what is free beside it.
 */
final class WeekLanes {

    private final List<WeekBlock> placed = new ArrayList<>();
    private final List<WeekBlock> overlapping = new ArrayList<>();
    private int end;

    private WeekLanes() {}

    /** @param blocks sorted by beginning; absences are drawn behind the others */
    static List<WeekBlock> of(List<WeekBlock> blocks) {
        WeekLanes lanes = new WeekLanes();
        blocks.forEach(lanes::place);
        lanes.close();
        return lanes.placed;
    }

    private void place(WeekBlock block) {
        if (block.kind() == WeekBlock.Kind.AWAY) {
            placed.add(block);
            return;
        }
        if (end <= block.from()) {
            close();
        }
        end = Math.max(end, block.to());
        overlapping.add(block);
    }

    private void close() {
        int typed = deepest(WeekBlock.Kind.TYPED);
        int brought = deepest(WeekBlock.Kind.VENDOR);
        int each = typed == 0 ? 1 : Math.max(1, Math.min(brought, WeekBlock.COLUMNS - brought) / typed);
        List<WeekBlock> done = new ArrayList<>();
        overlapping.stream()
                .sorted(Comparator.comparing(WeekBlock::kind))
                .forEach(block -> done.add(free(block, block.kind() == WeekBlock.Kind.TYPED ? each : 1, done)));
        int width = done.stream().mapToInt(WeekBlock::laneEnd).max().orElse(1);
        done.stream()
                .sorted(Comparator.comparingInt(WeekBlock::from))
                .forEach(block ->
                        placed.add(block.in(block.lane(), nextTaken(block, done, width) - block.lane(), width)));
        overlapping.clear();
    }

    /** How many of a kind there are at most at one time. */
    private int deepest(WeekBlock.Kind kind) {
        return (int) overlapping.stream()
                .filter(block -> block.kind() == kind)
                .mapToLong(block -> overlapping.stream()
                        .filter(other ->
                                other.kind() == kind && other.from() <= block.from() && block.from() < other.to())
                        .count())
                .max()
                .orElse(0);
    }

    /** In the first lanes that no other block has at that time. */
    private static WeekBlock free(WeekBlock block, int span, List<WeekBlock> done) {
        int lane = 0;
        for (WeekBlock other : done.stream()
                .filter(block::overlaps)
                .sorted(Comparator.comparingInt(WeekBlock::lane))
                .toList()) {
            if (other.lane() >= lane + span) {
                break;
            }
            lane = Math.max(lane, other.laneEnd());
        }
        return block.in(lane, span, 1);
    }

    private static int nextTaken(WeekBlock block, List<WeekBlock> done, int width) {
        return done.stream()
                .filter(other -> other.overlaps(block) && other.lane() >= block.laneEnd())
                .mapToInt(WeekBlock::lane)
                .min()
                .orElse(width);
    }
}
