package fr.sas.hub.space;

import java.util.ArrayList;
import java.util.List;

/** Sets blocks of a day that overlap side by side, and no others: what stands alone has the whole width. */
final class Lanes {

    private final List<WeekBlock> placed = new ArrayList<>();
    private final List<WeekBlock> overlapping = new ArrayList<>();

    /** Where each lane is free again. */
    private final List<Integer> ends = new ArrayList<>();

    private Lanes() {}

    /** @param blocks by their beginning; absences lie behind the others */
    static List<WeekBlock> of(List<WeekBlock> blocks) {
        Lanes lanes = new Lanes();
        blocks.forEach(lanes::place);
        lanes.close();
        return lanes.placed;
    }

    private void place(WeekBlock block) {
        if (block.kind() == WeekBlock.Kind.AWAY) {
            placed.add(block);
            return;
        }
        if (ends.stream().allMatch(end -> end <= block.from())) {
            close();
        }
        int lane = 0;
        while (lane < ends.size() && ends.get(lane) > block.from()) {
            lane++;
        }
        if (lane == ends.size()) {
            ends.add(block.to());
        } else {
            ends.set(lane, block.to());
        }
        overlapping.add(block.in(lane, 1));
    }

    private void close() {
        overlapping.forEach(block -> placed.add(block.in(block.lane(), ends.size())));
        overlapping.clear();
        ends.clear();
    }
}
