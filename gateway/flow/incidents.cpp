#include "gateway/flow/incidents.hpp"

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "gateway/flow/sleep.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

void Incidents::raise(IncidentKind kind, std::string about, std::string detail) {
  std::string const word(to_word(kind));
  if (words_of(kind).lasts && ++open_[{kind, about}] > 1) return;
  log::error("incident", {{"kind", word}, {"about", about}, {"detail", detail}});
  spawn(context_.executor, "incident",
        write("incident", "kind=" + word + " about=" + about + " " + detail));
}

void Incidents::end(IncidentKind kind, std::string about) {
  if (open_.erase({kind, about}) == 0) return;
  std::string const word(to_word(kind));
  log::info("incident_ended", {{"kind", word}, {"about", about}});
  spawn(context_.executor, "incident", write("incident-ended", "kind=" + word + " about=" + about));
}

asio::awaitable<void> Incidents::write(std::string kind, std::string detail) {
  GatewayEvent event(std::move(kind), std::move(detail));
  auto const now = moment(context_.clock);
  auto const written = co_await context_.journal.write_event(std::move(event), now);
  if (!written) log::error("event_not_logged", {{"error", written.error().text()}});
}

}  // namespace siaga::flow
