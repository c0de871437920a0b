#include "gateway/cli/plan_text.hpp"

#include <algorithm>
#include <sstream>

#include "gateway/app/registry.hpp"
#include "gateway/views/table.hpp"
#include "gateway/views/times.hpp"

namespace siaga::cli {
namespace {

constexpr char const* code_placeholder = "0000";
constexpr std::size_t named_max = 20;  // recipients of one text listed by name

// Those told by one channel in one language read the same words, but for their own names.
std::vector<std::vector<Recipient const*>> alike(std::vector<Recipient> const& recipients) {
  std::vector<std::vector<Recipient const*>> groups;
  for (auto const& recipient : recipients) {
    auto const same = [&](auto const& group) {
      return group.front()->channel == recipient.channel &&
             group.front()->language == recipient.language;
    };
    auto const group = std::ranges::find_if(groups, same);
    if (group == groups.end())
      groups.push_back({&recipient});
    else
      group->push_back(&recipient);
  }
  return groups;
}

void indented(std::ostream& out, std::string const& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    out << (line.empty() ? "      |" : "      | ") << views::plain(line) << '\n';
}

}  // namespace

PlanText::PlanText(config::Settings const& settings, Alert const& alert, AgencyId agency,
                   std::ostream& out)
    : settings_(settings), alert_(alert), agency_(std::move(agency)), out_(out) {
  if (auto const* grant = settings.grants.of(agency_)) agency_name_ = grant->agency_name;
}

void PlanText::head(Command const& command, UtcTime at) {
  if (std::holds_alternative<ReplaceAlert>(command)) kind_ = MessageKind::update;
  out_ << "Alert    " << views::plain(alert_.identifier) << " of " << agency_.value << " ("
       << views::plain(alert_.sender) << ")\n"
       << "What     " << to_word(alert_.status) << ' ' << to_word(alert_.msg_type) << ", "
       << to_word(severity_of(alert_)) << ", "
       << views::plain(alert_.infos.empty() ? std::string("no info") : alert_.infos.front().event)
       << '\n'
       << "As of    " << views::shown(at, settings_.zone) << "; nothing is sent\n";
}

void PlanText::ladder(Ladder const& ladder, Paths const& paths, Rehearsal const& rehearsal) {
  auto const& policy = ladder.policy;
  out_ << "\nRule " << ladder.rule << " -> policy " << policy.id.value << ": until "
       << policy.acks_needed << (policy.acks_needed == 1 ? " officer has" : " officers have")
       << " accepted, " << policy.repeat << (policy.repeat == 1 ? " round" : " rounds") << '\n';
  for (std::size_t i = 0; i < policy.steps.size(); ++i) step(policy.steps[i], i, paths, rehearsal);
}

std::string PlanText::name_of(Recipient const& recipient) const {
  if (recipient.officer.empty()) return "all who listen";
  auto const* officer = settings_.directory->officer(recipient.officer);
  auto const name = officer == nullptr ? std::string() : " (" + officer->name + ")";
  return recipient.officer.value + views::plain(name) + " at " + views::plain(recipient.address);
}

std::string PlanText::words(Recipient const& recipient, int step,
                            Rehearsal const& rehearsal) const {
  auto const* channel = rehearsal.channel(recipient.channel);
  if (channel == nullptr) return "(this channel cannot be made: see siaga check)";
  Delivery delivery;
  delivery.officer = recipient.officer;
  delivery.channel = recipient.channel;
  delivery.address = recipient.address;
  delivery.language = recipient.language;
  delivery.kind = kind_;
  delivery.priority = priority_of(alert_);
  delivery.step = step;
  delivery.expires = expires_of(alert_).value_or(UtcTime{});
  auto const* officer = settings_.directory->officer(recipient.officer);
  return channel->preview(compose({delivery, alert_, code_placeholder,
                                   officer == nullptr ? std::string() : officer->name, agency_name_,
                                   link_example(settings_), settings_.zone, settings_.levels}));
}

void PlanText::step(Step const& step, std::size_t number, Paths const& paths,
                    Rehearsal const& rehearsal) {
  auto const reached = resolve(step, alert_, *settings_.directory, paths);
  out_ << "  Step " << number + 1 << ", "
       << (step.after == milliseconds{0} ? std::string("at once") : "after " + to_text(step.after))
       << ": " << reached.recipients.size()
       << (reached.recipients.size() == 1 ? " message\n" : " messages\n");
  for (auto const& readers : alike(reached.recipients)) {
    auto const& first = *readers.front();
    out_ << "    by " << first.channel.value << " to\n";
    for (std::size_t i = 0; i < readers.size() && i < named_max; ++i)
      out_ << "      " << name_of(*readers[i]) << '\n';
    if (readers.size() > named_max) out_ << "      and " << readers.size() - named_max << " more\n";
    auto const text = words(first, static_cast<int>(number), rehearsal);
    indented(out_, text);
    auto const* officer = settings_.directory->officer(first.officer);
    if (readers.size() > 1 && officer != nullptr && text.find(officer->name) != text.npos)
      out_ << "      (to each in the name of the own post)\n";
  }
  for (auto const& why : reached.unreachable) out_ << "    not told: " << views::plain(why) << '\n';
  if (reached.recipients.empty()) out_ << "    nobody: the next step would start at once\n";
}

}  // namespace siaga::cli
