#include "gateway/views/refused.hpp"

#include "gateway/cli/exits.hpp"
#include "gateway/cli/questions.hpp"

namespace siaga::cli {

int answer_refused(Question const& question) {
  auto const found = question.history.refused(question.filter);
  if (!found) return failed(question.terminal, found.error());
  write(question, views::listing_of(*found, question.zone));
  return exit_good;
}

int refused(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_refused);
}

}  // namespace siaga::cli
