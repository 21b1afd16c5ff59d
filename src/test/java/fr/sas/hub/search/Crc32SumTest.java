package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Crc32SumTest {

    @Property
    void the_sum_of_two_runs_is_the_crc_of_both_together(@ForAll byte[] first, @ForAll byte[] second) {
        CRC32 whole = new CRC32();
        whole.update(first);
        whole.update(second);

        assertThat(Crc32Sum.combine(crc(first), crc(second), second.length)).isEqualTo((int) whole.getValue());
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
