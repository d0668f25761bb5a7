package io.repertoire.ingest.inbox;

/** Nobody listens. */
final class SilentListener implements FileImport.Listener {

    @Override
    public void reading(String layout, String encoding, String delimiter) {}

    @Override
    public void checked(long rows) {}

    @Override
    public void committed(long rows) {}

    @Override
    public void waiting(long nanos) {}
}
