package io.repertoire.ingest.layout;

import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.SubmittedConsent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one row says of consent, a channel at a time: an answer, its date, or dates that are answers themselves. */
final class ConsentDrafts {

    private final Map<ConsentChannel, ConsentStatus> answers = new EnumMap<>(ConsentChannel.class);
    private final Map<ConsentChannel, Instant> dates = new EnumMap<>(ConsentChannel.class);
    private @Nullable Instant emailYesAt;
    private @Nullable Instant emailNoAt;

    /** False if it is neither a yes nor a no, or not a date where one is meant. */
    boolean set(Field field, String value) {
        return switch (field) {
            case CONSENT_EMAIL -> answer(ConsentChannel.EMAIL, value);
            case CONSENT_SMS -> answer(ConsentChannel.SMS, value);
            case CONSENT_PHONE -> answer(ConsentChannel.PHONE, value);
            case CONSENT_POST -> answer(ConsentChannel.POST, value);
            case CONSENT_EMAIL_AT -> date(ConsentChannel.EMAIL, value);
            case CONSENT_SMS_AT -> date(ConsentChannel.SMS, value);
            case CONSENT_PHONE_AT -> date(ConsentChannel.PHONE, value);
            case CONSENT_POST_AT -> date(ConsentChannel.POST, value);
            case CONSENT_EMAIL_YES_AT -> {
                emailYesAt = Times.parse(value);
                yield emailYesAt != null;
            }
            case CONSENT_EMAIL_NO_AT -> {
                emailNoAt = Times.parse(value);
                yield emailNoAt != null;
            }
            default -> throw new IllegalArgumentException(field.name());
        };
    }

    private boolean answer(ConsentChannel channel, String value) {
        ConsentStatus status = Answers.parse(value);
        answers.put(channel, status == null ? ConsentStatus.UNKNOWN : status);
        return status != null;
    }

    List<Field> unanswered() {
        if (dates.isEmpty() || answers.keySet().containsAll(dates.keySet())) {
            return List.of();
        }
        return dates.keySet().stream()
                .filter(channel -> !answers.containsKey(channel))
                .map(ConsentDrafts::dateField)
                .toList();
    }

    String dateOf(Field field) {
        for (Map.Entry<ConsentChannel, Instant> date : dates.entrySet()) {
            if (dateField(date.getKey()) == field) {
                return date.getValue().toString();
            }
        }
        throw new IllegalArgumentException(field.name());
    }

    private static Field dateField(ConsentChannel channel) {
        return switch (channel) {
            case EMAIL -> Field.CONSENT_EMAIL_AT;
            case SMS -> Field.CONSENT_SMS_AT;
            case PHONE -> Field.CONSENT_PHONE_AT;
            case POST -> Field.CONSENT_POST_AT;
            default -> throw new IllegalArgumentException(channel.name());
        };
    }

    private boolean date(ConsentChannel channel, String value) {
        Instant at = Times.parse(value);
        if (at != null) {
            dates.put(channel, at);
        }
        return at != null;
    }

    List<SubmittedConsent> all() {
        List<SubmittedConsent> all = new ArrayList<>(2);
        // A no stands until a later yes.
        if (emailNoAt != null && (emailYesAt == null || !emailYesAt.isAfter(emailNoAt))) {
            all.add(consent(ConsentChannel.EMAIL, ConsentStatus.DENIED, emailNoAt));
        } else if (emailYesAt != null) {
            all.add(consent(ConsentChannel.EMAIL, ConsentStatus.GRANTED, emailYesAt));
        }
        answers.forEach((channel, status) -> all.add(consent(channel, status, dates.get(channel))));
        return all;
    }

    private static SubmittedConsent consent(ConsentChannel channel, ConsentStatus status, @Nullable Instant at) {
        return new SubmittedConsent(channel, ConsentPurpose.MARKETING, status, null, at, ConsentBasis.UNKNOWN, null);
    }
}
