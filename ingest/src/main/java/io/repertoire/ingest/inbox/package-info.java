/**
 * Files in a folder to records on a topic, exactly once: finding complete files, claiming them by rename, publishing them in
 * transactions that carry their own progress, and handing back what was rejected.
 */
@NullMarked
package io.repertoire.ingest.inbox;

import org.jspecify.annotations.NullMarked;
