package fr.sas.hub.mail;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Lets Thymeleaf read plain-text templates for mails, in addition to HTML. */
@Configuration(proxyBeanMethods = false)
class MailTexts {

    static final String ENDING = ".txt";

    @Bean
    static ClassLoaderTemplateResolver plainTextsOfMails() {
        ClassLoaderTemplateResolver texts = new ClassLoaderTemplateResolver();
        texts.setPrefix("templates/");
        texts.setResolvablePatterns(java.util.Set.of("mail/*" + ENDING));
        texts.setTemplateMode(TemplateMode.TEXT);
        texts.setCharacterEncoding("UTF-8");
        texts.setOrder(1);
        return texts;
    }
}
