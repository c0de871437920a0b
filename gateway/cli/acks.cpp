#include "gateway/cli/exits.hpp"
#include "gateway/cli/questions.hpp"
#include "gateway/views/acknowledgements.hpp"

namespace siaga::cli {

int answer_acks(Question const& question) {
  auto const found = question.history.acks(question.filter);
  if (!found) return failed(question.terminal, found.error());
  write(question, views::listing_of(*found, question.zone));
  return exit_good;
}

int acks(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_acks);
}

}  // namespace siaga::cli
