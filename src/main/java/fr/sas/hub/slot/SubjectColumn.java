package fr.sas.hub.slot;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores a {@link Subject} in an entity's column. */
@Converter(autoApply = true)
class SubjectColumn implements AttributeConverter<Subject, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Subject subject) {
        return subject == null ? null : subject.value();
    }

    @Override
    public @Nullable Subject convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : Subject.ofNational(column).orElseThrow();
    }
}
