package fr.sas.hub.access;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.util.FileCopyUtils;

/** The sentences of pages, {@code messages.properties} (English) and {@code messages_fr.properties}. */
@Configuration(proxyBeanMethods = false)
class PageMessages {

    @Bean
    static MessageSource messageSource() {
        return read();
    }

    /** With no-break spaces where French has them; English for every language but French. */
    private static ResourceBundleMessageSource read() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource() {
            @Override
            protected ResourceBundle loadBundle(Reader file) throws IOException {
                return new PropertyResourceBundle(
                        new StringReader(FrenchSpacing.noBreak(FileCopyUtils.copyToString(file))));
            }
        };
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }
}
