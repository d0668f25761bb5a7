package io.repertoire.sink;

import java.time.Instant;

/** Somebody who was not heard of for long. */
public record InactiveCustomer(String customerId, String code, Instant lastActivityAt) {}
