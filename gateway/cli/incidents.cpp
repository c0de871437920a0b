#include "gateway/views/incidents.hpp"

#include "gateway/cli/exits.hpp"
#include "gateway/cli/questions.hpp"

namespace siaga::cli {

int answer_incidents(Question const& question) {
  auto const found = question.history.incidents(question.filter);
  if (!found) return failed(question.terminal, found.error());
  auto listing = views::listing_of(*found, question.zone);
  if (question.filter.open_only) listing.none = "nothing is wrong with the gateway now";
  write(question, listing);
  return exit_good;
}

int incidents(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_incidents);
}

}  // namespace siaga::cli
