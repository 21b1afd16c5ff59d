package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.account.PeopleHub;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Files as broken phones, strange programs and attackers make them, sent by the contact form (guides 002 and 003, 3.1). */
class OddAttachmentsTest extends PeopleHub {

    private static final byte[] PNG = SomeFiles.of("png");

    @Autowired
    HelpDesk desk;

    static Stream<Arguments> brokenFiles() {
        return Stream.of("pdf", "png", "jpeg", "xls", "xlsx", "ppt", "pptx", "potx")
                .flatMap(ending -> IntStream.of(1, 4, 20, 40, 60, 100)
                        .mapToObj(length -> Arguments.of(ending, cut(SomeFiles.of(ending), length))));
    }

    static Stream<Arguments> picturesWithOddContent() {
        return Stream.of(
                Arguments.of("a file of text after the picture", joined(PNG, SomeFiles.of("html"))),
                Arguments.of("an archive after the picture", joined(PNG, SomeFiles.of("zip"))),
                Arguments.of("a picture of which the end is missing", cut(PNG, PNG.length - 5)));
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void s32_a_file_that_breaks_off_is_taken_or_refused_and_never_a_failure_of_ours(String ending, byte[] content) {
        HttpResponse<String> answer = from("127.0.1." + content.length)
                .file("fichier." + ending, content)
                .submit();

        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 422);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("picturesWithOddContent")
    void s32_a_picture_is_kept_byte_for_byte_whatever_follows_it(String what, byte[] content) {
        long number = number(from("127.0.0.41").file("écran.png", content).submit());

        assertThat(desk.content(number, 1)).as(what).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({"PK\u0003\u0004", "<?xml version=\"1.0\"?><svg/>", "GIF89a", "%PDF-1.7", "%!PS", "\u007FELF"})
    void s32_what_only_calls_itself_a_picture_is_refused(String content) {
        HttpResponse<String> answer = from("127.0.0.42")
                .file("photo.png", content.getBytes(StandardCharsets.ISO_8859_1))
                .submit();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("Le contenu de «\u00a0photo.png\u00a0» n&#39;est pas celui que son nom annonce");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "😀.png|😀.png",
                "écran d'accueil.png|écran d'accueil.png",
                "capture d\u2019écran (1);copie.png|capture d\u2019écran (1);copie.png",
                "..\\..\\C:\\écran.PNG|écran.PNG",
                "/etc/passwd/é.png|é.png"
            })
    void s32_a_name_is_kept_as_its_sender_sees_it(String sent, String kept) {
        long number = number(from("127.0.0.43").file(sent, PNG).submit());

        assertThat(desk.attachment(number, 1).name()).isEqualTo(kept);
    }

    @Test
    void s32_three_files_of_exactly_the_limit_are_taken() {
        byte[] largest = SomeFiles.png((int) Attachments.LARGEST);
        long number = number(from("127.0.0.44")
                .file("1.png", largest)
                .file("2.png", largest)
                .file("3.png", largest)
                .submit());

        assertThat(desk.attachments(number)).extracting(HelpAttachment::size).containsOnly(Attachments.LARGEST);
    }

    private ContactVisit from(String address) {
        return ContactVisit.from(port, address);
    }

    private static byte[] cut(byte[] file, int length) {
        return Arrays.copyOf(file, Math.min(length, file.length));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static long number(HttpResponse<String> page) {
        Matcher found = Pattern.compile("SAS-([0-9]{6})").matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
