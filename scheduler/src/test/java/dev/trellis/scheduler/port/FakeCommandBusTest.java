package dev.trellis.scheduler.port;

import dev.trellis.scheduler.port.CommandBus.Answer;
import java.util.Optional;

final class FakeCommandBusTest extends CommandBusContract {
    private final FakeCommandBus bus = new FakeCommandBus();

    @Override
    protected CommandBus bus() {
        return bus;
    }

    @Override
    protected void host(Host does, String words) {
        bus.answerBy(command ->
                Optional.of(
                        switch (does) {
                            case ACCEPTS -> new Answer.Accepted(words);
                            case REFUSES -> new Answer.Refused(words);
                            case IS_SILENT -> new Answer.Unanswered();
                            case IS_GONE -> new Answer.NoResponders();
                        }));
    }
}
