package dev.trellis.scheduler.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.CommandBus.Answer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link HostLabels} owes the API. */
public abstract class HostLabelsContract {
    protected static final LatticeName LATTICE = new LatticeName("default");

    protected abstract HostLabels labels();

    /** A host that lives from now on. */
    protected abstract HostId addHost() throws Exception;

    /** Labels that the host has now. */
    protected abstract Map<String, String> labelsOf(HostId host);

    @Test
    void aLabelIsSetAndSetAnewAndRemoved() throws Exception {
        var host = addHost();

        assertThat(put(host, "zone", "a")).isInstanceOf(Answer.Accepted.class);
        assertThat(put(host, "zone", "b")).isInstanceOf(Answer.Accepted.class);
        assertThat(labelsOf(host)).containsEntry("zone", "b");

        assertThat(delete(host, "zone")).isInstanceOf(Answer.Accepted.class);
        assertThat(labelsOf(host)).doesNotContainKey("zone");
    }

    @Test
    void removingALabelThatIsNotThereSucceeds() throws Exception {
        assertThat(delete(addHost(), "nothing")).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void aLabelOfTheHostItselfIsRefused() throws Exception {
        assertThat(put(addHost(), "hostcore.os", "plan9"))
                .isEqualTo(new Answer.Refused("hostcore.* labels cannot be set dynamically"));
    }

    @Test
    void aHostThatIsNotThereDoesNotAnswer() throws Exception {
        assertThat(put(new HostId("NGONE"), "zone", "a")).isEqualTo(new Answer.NoResponders());
    }

    private Answer put(HostId host, String key, String value) throws Exception {
        var answer = new CompletableFuture<Answer>();
        labels().put(LATTICE, host, key, value, answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }

    private Answer delete(HostId host, String key) throws Exception {
        var answer = new CompletableFuture<Answer>();
        labels().delete(LATTICE, host, key, answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }
}
