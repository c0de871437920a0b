#include "gateway/domain/command.hpp"

#include <stdexcept>

namespace siaga {

Alert const& alert_of(Command const& command) {
  return std::visit([](auto const& each) -> Alert const& { return each.alert; }, command);
}

bool is_news(Command const& command) {
  return std::holds_alternative<RaiseAlert>(command) ||
         std::holds_alternative<ReplaceAlert>(command);
}

void throw_exception_from_error(Rejection const& rejection,
                                boost::source_location const& /*where*/) {
  std::string text = "value() of a rejected message:";
  for (auto const& reason : rejection.reasons) text += ' ' + reason.rule + " at " + reason.path;
  throw std::runtime_error(text);
}

}  // namespace siaga
