package fr.sas.hub.help;

import fr.sas.hub.access.FrenchSpacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A guide, sheet or video of {@code /formation}, according to its descriptor.
 *
 * @param slug its name in addresses
 * @param titles by language; always includes French
 * @param profiles who it is for; empty for everyone
 * @param section heading within a profile, such as « Effecteur de soins libéral en cabinet »; null if there is none
 * @param file in the same folder
 * @param captions in the same folder, WebVTT; null if there are none
 */
record TrainingDocument(
        String slug,
        Map<String, String> titles,
        Kind kind,
        List<Profile> profiles,
        @Nullable String section,
        Path file,
        TrainingFileType medium,
        @Nullable Path captions,
        int order) {

    private static final Set<String> KEYS =
            Set.of("title", "english", "kind", "profiles", "section", "file", "captions", "order");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern FILE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,120}");

    TrainingDocument {
        titles = Map.copyOf(titles);
        profiles = List.copyOf(profiles);
    }

    /** The three parts of the page (guides 002 and 003, 3.2). */
    enum Kind {
        GUIDE,
        SHEET,
        VIDEO
    }

    /** Who a guide is for, in the order of the list in the guides. */
    enum Profile {
        ACCOUNT_MANAGER,
        PRACTITIONER,
        DELEGATE,
        FACILITY_MANAGER,
        REGULATOR,
        TRIAGE_NURSE
    }

    /** @param folder of the descriptor and the document */
    static TrainingDocument read(Path folder, String name, String text) throws UnreadableFile {
        if (!SLUG.matcher(name).matches()) {
            throw new UnreadableFile(1, "the file name must consist of lower-case letters, digits and hyphens");
        }
        FrontMatter says = FrontMatter.of(text, KEYS);
        String title = says.required("title");
        String english = says.text("english");
        String file = says.required("file");
        TrainingFileType medium = TrainingFileType.of(file)
                .orElseThrow(() -> new UnreadableFile(1, "file has an unsupported type; supported are " + kinds()));
        String captions = says.text("captions");
        if (captions != null && !captions.endsWith(".vtt")) {
            throw new UnreadableFile(1, "captions must be a WebVTT file (.vtt)");
        }
        Map<String, String> titles = new TreeMap<>(Map.of("fr", FrenchSpacing.noBreak(title)));
        if (english != null) {
            titles.put("en", english);
        }
        return new TrainingDocument(
                name,
                titles,
                constant(Kind.class, "kind", says.required("kind")),
                profiles(says.texts("profiles")),
                says.text("section"),
                beside(folder, file),
                medium,
                captions == null ? null : beside(folder, captions),
                says.order());
    }

    private static List<Profile> profiles(List<String> words) throws UnreadableFile {
        Profile[] profiles = new Profile[words.size()];
        for (int i = 0; i < profiles.length; i++) {
            profiles[i] = constant(Profile.class, "profiles", words.get(i));
        }
        return List.of(profiles);
    }

    private static <E extends Enum<E>> E constant(Class<E> of, String key, String word) throws UnreadableFile {
        for (E one : of.getEnumConstants()) {
            if (code(one).equals(word)) {
                return one;
            }
        }
        throw new UnreadableFile(
                1,
                key + " must not be " + word + " but one of "
                        + Arrays.stream(of.getEnumConstants())
                                .map(TrainingDocument::code)
                                .toList());
    }

    private static String code(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kinds() {
        return Arrays.stream(TrainingFileType.values())
                .map(TrainingFileType::ending)
                .toList()
                .toString();
    }

    /** A file in this folder itself, not in another one reached through a link. */
    private static Path beside(Path folder, String name) throws UnreadableFile {
        if (!FILE.matcher(name).matches()) {
            throw new UnreadableFile(1, "file must be the name of a file in the same folder, not " + name);
        }
        try {
            Path file = folder.resolve(name).toRealPath();
            if (!file.startsWith(folder.toRealPath()) || !Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new UnreadableFile(1, "file is not a readable file in the same folder: " + name);
            }
            return file;
        } catch (IOException e) {
            throw new UnreadableFile(1, "file does not exist: " + name);
        }
    }

    /** In French if there is no title in this language. */
    public String title(String language) {
        String title = titles.get(language);
        return title != null ? title : titles.getOrDefault("fr", slug);
    }

    /** The language of the title. */
    public String language(String wanted) {
        return titles.containsKey(wanted) ? wanted : "fr";
    }

    public boolean isPage() {
        return medium == TrainingFileType.MARKDOWN || medium.isVideo();
    }

    /** Where it can be read or watched; null if browsers can only download it. */
    public @Nullable String address() {
        if (!medium.isShown()) {
            return null;
        }
        return TrainingPage.PATH + "/" + slug + (isPage() ? "" : TrainingPage.FILE);
    }
}
