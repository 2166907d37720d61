package dev.trellis.scheduler.port;

final class FakeLeasesTest extends LeasesContract {
    private final FakeLeases.World world = new FakeLeases.World();

    @Override
    protected Leases process(String name) {
        return world.process(name);
    }
}
