#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/base/visible.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/questions.hpp"
#include "gateway/views/acknowledgements.hpp"
#include "gateway/views/alerts.hpp"
#include "gateway/views/deliveries.hpp"
#include "gateway/views/log.hpp"
#include "gateway/views/times.hpp"
#include "protocols/cap/writer.hpp"

namespace siaga::cli {
namespace json = boost::json;

namespace {

constexpr std::size_t text_columns = views::columns_max - 11;

void line(std::ostream& out, char const* name, std::string const& text) {
  if (text.empty()) return;
  out << name << std::string(11 - views::width(name), ' ') << views::plain(text, text_columns)
      << '\n';
}

void head(std::ostream& out, journal::AlertRow const& row, ZoneName const& zone) {
  line(
      out, "Alert",
      std::to_string(row.id.value) + "  code " + row.code + "  " + std::string(to_word(row.state)));
  line(out, "From", row.agency.value + ", " + row.sender);
  line(out, "Identifier", row.identifier);
  line(out, "What",
       std::string(to_word(row.status)) + " " + std::string(to_word(row.msg_type)) + ", " +
           std::string(to_word(row.severity)) + ": " + row.event);
  line(out, "Headline", row.headline);
  line(out, "Place", row.place);
  line(out, "Sent", views::shown(row.sent, zone));
  line(out, "Accepted", views::shown(row.accepted_at, zone));
  if (row.proof != "none") line(out, "Signature", row.proof);
  if (row.expires) line(out, "Expires", views::shown(*row.expires, zone));
  if (row.ended_at) line(out, "Ended", views::shown(*row.ended_at, zone));
  line(out, "Told",
       std::to_string(row.reached) + " of " + std::to_string(row.recipients) + " reached, " +
           std::to_string(row.accepted) + " accepted, " + std::to_string(row.declined) +
           " declined");
}

void part(std::ostream& out, char const* title, views::Listing const& listing) {
  out << '\n' << title << '\n';
  views::write(out, listing, "table");
}

void write_tables(Question const& question, journal::AlertDetail const& detail) {
  auto& out = question.terminal.out;
  head(out, detail.row, question.zone);
  part(out, "Deliveries", views::listing_of(detail.deliveries, question.zone));
  part(out, "Answers", views::listing_of(detail.acknowledgements, question.zone));
  part(out, "Timeline", views::timeline_of(detail.timeline, question.zone));
}

template <class Rows>
json::array array_of(Rows const& rows, ZoneName const& zone) {
  json::array array;
  for (auto const& row : rows) array.push_back(views::json_of(row, zone));
  return array;
}

void write_object(Question const& question, journal::AlertDetail const& detail) {
  auto object = views::json_of(detail.row, question.zone);
  object["deliveries"] = array_of(detail.deliveries, question.zone);
  object["acknowledgements"] = array_of(detail.acknowledgements, question.zone);
  object["timeline"] = array_of(detail.timeline, question.zone);
  question.terminal.out << json::serialize(object) << '\n';
}

// Two senders may use the same identifier.
int list_all(Question const& question, std::vector<journal::AlertRow> const& alerts) {
  if (question.format == "cap") {
    question.terminal.err << "siaga: " << views::plain(several(alerts)) << '\n';
    return exit_usage;
  }
  write(question, views::listing_of(alerts, question.zone));
  if (question.format == "table") question.terminal.out << views::plain(several(alerts)) << '\n';
  return exit_good;
}

}  // namespace

int answer_alert(Question const& question, std::string const& name) {
  auto const named = question.history.named(name);
  if (!named) return failed(question.terminal, named.error());
  if (named->size() > 1) return list_all(question, *named);
  auto const found = question.history.alert(std::to_string(named->front().id.value));
  if (!found) return failed(question.terminal, found.error());
  if (question.format == "json") {
    write_object(question, *found);
  } else if (question.format == "cap") {
    question.terminal.out << visible_xml(cap::to_xml(found->alert));
  } else if (question.format == "csv") {
    views::write(question.terminal.out, views::listing_of(found->deliveries, question.zone), "csv");
  } else {
    write_tables(question, *found);
  }
  return exit_good;
}

int alert(QueryOptions const& options, Terminal const& terminal) {
  auto asked = options;
  asked.alert.clear();  // looked up below, once
  return ask(asked, terminal,
             [&](Question const& question) { return answer_alert(question, options.alert); });
}

}  // namespace siaga::cli
