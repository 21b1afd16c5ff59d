package fr.sas.hub.space;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.HubClasses;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** No page of the personal space opens without asking the table of rights, or saying that it shows nobody else. */
class PagesAskForRightsTest {

    @Test
    void every_handler_of_a_page_names_the_right_it_needs_or_shows_the_visitor_only() {
        methods()
                .that(areHandlers())
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("..space..")
                .should()
                .beAnnotatedWith(RequiredPermission.class)
                .orShould()
                .beAnnotatedWith(OwnPage.class)
                .check(HubClasses.ALL);
    }

    @Test
    void no_handler_that_takes_somebody_from_its_address_says_that_it_shows_the_visitor_only() {
        methods()
                .that(areHandlers())
                .and()
                .areAnnotatedWith(OwnPage.class)
                .should(nameNobodyInTheirAddress())
                .check(HubClasses.ALL);
    }

    private static ArchCondition<JavaMethod> nameNobodyInTheirAddress() {
        return new ArchCondition<>("name nobody in their address") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean named = addresses(method).anyMatch(address -> address.contains("{"))
                        || method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Subject.class));
                if (named) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " takes somebody from its address"));
                }
            }
        };
    }

    private static Stream<String> addresses(JavaMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.getMergedAnnotation(method.reflect(), RequestMapping.class);
        return mapping == null ? Stream.empty() : Stream.of(mapping.path());
    }

    private static DescribedPredicate<JavaMethod> areHandlers() {
        return DescribedPredicate.describe(
                "are handlers of requests",
                method -> method.getAnnotations().stream()
                        .anyMatch(each -> each.getRawType().isMetaAnnotatedWith(RequestMapping.class)
                                || each.getRawType().isEquivalentTo(RequestMapping.class)));
    }
}
