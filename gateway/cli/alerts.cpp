#include "gateway/views/alerts.hpp"

#include "gateway/cli/exits.hpp"
#include "gateway/cli/questions.hpp"

namespace siaga::cli {

int answer_alerts(Question const& question) {
  auto const found = question.history.alerts(question.filter);
  if (!found) return failed(question.terminal, found.error());
  auto listing = views::listing_of(*found, question.zone);
  if (question.filter.open_only) listing.none = "no open alerts";
  write(question, listing);
  return exit_good;
}

int alerts(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_alerts);
}

}  // namespace siaga::cli
