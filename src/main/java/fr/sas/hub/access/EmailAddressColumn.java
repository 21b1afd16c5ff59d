package fr.sas.hub.access;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores an {@link EmailAddress} in an entity's column. */
@Converter(autoApply = true)
class EmailAddressColumn implements AttributeConverter<EmailAddress, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable EmailAddress address) {
        return address == null ? null : address.value();
    }

    @Override
    public @Nullable EmailAddress convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : new EmailAddress(column);
    }
}
