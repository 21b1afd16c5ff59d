package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A fault planted in a fake vendor that is right otherwise: in the Bundles it answers, or in how it answers. */
public interface VendorFault {

    VendorFault NONE = new VendorFault() {};

    /** Spoils a Bundle before it is sent. */
    default void spoil(Request request, ObjectNode bundle) {}

    /** What is sent instead of the right answer, which is not even made unless it is asked for. */
    default ResponseDefinitionBuilder spoil(Request request, Supplier<ResponseDefinitionBuilder> right) {
        return right.get();
    }

    static VendorFault ofBundles(Consumer<ObjectNode> fault) {
        return new VendorFault() {
            @Override
            public void spoil(Request request, ObjectNode bundle) {
                fault.accept(bundle);
            }
        };
    }

    /** What is sent instead of the right answer. */
    @FunctionalInterface
    interface Wire {
        ResponseDefinitionBuilder spoil(Request request, Supplier<ResponseDefinitionBuilder> right);
    }

    static VendorFault ofAnswers(Wire fault) {
        return new VendorFault() {
            @Override
            public ResponseDefinitionBuilder spoil(Request request, Supplier<ResponseDefinitionBuilder> right) {
                return fault.spoil(request, right);
            }
        };
    }
}
