package fr.sas.hub.help;

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
 * A guide, sheet or video of {@code /formation}, as its descriptor says.
 *
 * @param slug under which it stands in addresses
 * @param titles by language; French is always there
 * @param profiles whom it is for; empty: everybody
 * @param section heading within a profile, such as « Effecteur de soins libéral en cabinet »; null: none
 * @param file in the same folder
 * @param captions in the same folder, WebVTT; null: none
 */
record TrainingDocument(
        String slug,
        Map<String, String> titles,
        Kind kind,
        List<Profile> profiles,
        @Nullable String section,
        Path file,
        Medium medium,
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

    /** Whom a guide is for, in the order of the guides' list. */
    enum Profile {
        ACCOUNT_MANAGER,
        PRACTITIONER,
        DELEGATE,
        FACILITY_MANAGER,
        REGULATOR,
        TRIAGE_NURSE
    }

    /** @param folder of the descriptor and the document */
    static TrainingDocument read(Path folder, String name, String text) throws Unreadable {
        if (!SLUG.matcher(name).matches()) {
            throw new Unreadable(1, "the file's name is no address: small letters, digits and hyphens");
        }
        FrontMatter says = FrontMatter.of(text, KEYS);
        String title = says.needed("title");
        String english = says.text("english");
        String file = says.needed("file");
        Medium medium =
                Medium.of(file).orElseThrow(() -> new Unreadable(1, "file is of no kind that is served: " + kinds()));
        String captions = says.text("captions");
        if (captions != null && !captions.endsWith(".vtt")) {
            throw new Unreadable(1, "captions are a WebVTT file (.vtt)");
        }
        Map<String, String> titles = new TreeMap<>(Map.of("fr", title));
        if (english != null) {
            titles.put("en", english);
        }
        return new TrainingDocument(
                name,
                titles,
                word(Kind.class, "kind", says.needed("kind")),
                profiles(says.texts("profiles")),
                says.text("section"),
                beside(folder, file),
                medium,
                captions == null ? null : beside(folder, captions),
                says.order());
    }

    private static List<Profile> profiles(List<String> words) throws Unreadable {
        Profile[] profiles = new Profile[words.size()];
        for (int i = 0; i < profiles.length; i++) {
            profiles[i] = word(Profile.class, "profiles", words.get(i));
        }
        return List.of(profiles);
    }

    private static <E extends Enum<E>> E word(Class<E> of, String key, String word) throws Unreadable {
        for (E one : of.getEnumConstants()) {
            if (word(one).equals(word)) {
                return one;
            }
        }
        throw new Unreadable(
                1,
                key + " is not " + word + " but one of "
                        + Arrays.stream(of.getEnumConstants())
                                .map(TrainingDocument::word)
                                .toList());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kinds() {
        return Arrays.stream(Medium.values()).map(Medium::ending).toList().toString();
    }

    /** A file of this very folder, not of another that a link leads to. */
    private static Path beside(Path folder, String name) throws Unreadable {
        if (!FILE.matcher(name).matches()) {
            throw new Unreadable(1, "file is the name of a file in the same folder: " + name);
        }
        try {
            Path file = folder.resolve(name).toRealPath();
            if (!file.startsWith(folder.toRealPath()) || !Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new Unreadable(1, "file cannot be read in the same folder: " + name);
            }
            return file;
        } catch (IOException e) {
            throw new Unreadable(1, "file is not there: " + name);
        }
    }

    /** In French where nobody wrote it otherwise. */
    public String title(String language) {
        String title = titles.get(language);
        return title != null ? title : titles.getOrDefault("fr", slug);
    }

    /** Of the title. */
    public String language(String wanted) {
        return titles.containsKey(wanted) ? wanted : "fr";
    }

    public boolean isPage() {
        return medium == Medium.MARKDOWN || medium.isVideo();
    }

    /** Where it is read or seen; null for what a browser only downloads. */
    public @Nullable String address() {
        if (!medium.isShown()) {
            return null;
        }
        return TrainingPage.PATH + "/" + slug + (isPage() ? "" : TrainingPage.FILE);
    }
}
