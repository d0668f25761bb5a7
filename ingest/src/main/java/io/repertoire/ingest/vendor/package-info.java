/**
 * What tills and shops of other makers send, said in our own canonical JSON: Square, Shopify, Lightspeed R-Series and Clover. Pure,
 * the clients that fetch aside; nothing in here decides whether a message may be believed.
 */
@NullMarked
package io.repertoire.ingest.vendor;

import org.jspecify.annotations.NullMarked;
