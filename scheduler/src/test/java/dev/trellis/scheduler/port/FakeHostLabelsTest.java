package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.HostId;
import java.util.Map;

final class FakeHostLabelsTest extends HostLabelsContract {
    private final FakeHostLabels labels = new FakeHostLabels();

    @Override
    protected HostLabels labels() {
        return labels;
    }

    @Override
    protected HostId addHost() {
        var host = new HostId("NA");
        labels.add(host);
        return host;
    }

    @Override
    protected Map<String, String> labelsOf(HostId host) {
        return labels.of(host);
    }
}
