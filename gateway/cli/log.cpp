#include <charconv>
#include <fstream>

#include "config/gateway_section.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/questions.hpp"
#include "gateway/journal/store/open.hpp"
#include "gateway/views/log.hpp"
#include "protocols/cap/reread.hpp"

namespace siaga::cli {
namespace {

boost::json::object object_of(journal::Verdict const& verdict) {
  boost::json::object object;
  object["whole"] = verdict.whole;
  object["log_whole"] = verdict.log_whole;
  object["rows"] = verdict.rows;
  object["checkpoints"] = verdict.checkpoints;
  object["first_bad_row"] =
      verdict.whole ? boost::json::value(nullptr) : boost::json::value(verdict.first_bad_row);
  object["why"] = verdict.why;
  object["root"] = verdict.root;
  object["alerts"] = verdict.alerts;
  object["deliveries"] = verdict.deliveries;
  object["messages"] = verdict.messages;
  object["not_comparable"] = verdict.not_comparable;
  object["texts_compared_from"] = verdict.texts_compared_from == 0
                                      ? boost::json::value(nullptr)
                                      : boost::json::value(verdict.texts_compared_from);
  return object;
}

void write_whole(std::ostream& out, journal::Verdict const& verdict) {
  out << "the log is whole: " << verdict.rows << " rows, " << verdict.checkpoints
      << " checkpoints, root " << verdict.root << "\nthe store agrees with it: " << verdict.alerts
      << " alerts, " << verdict.deliveries << " deliveries, " << verdict.messages << " messages\n";
  if (verdict.not_comparable == 0) return;
  out << "the text of " << verdict.not_comparable
      << " alerts was not compared with its message: another version of the program read it";
  if (verdict.texts_compared_from > 0)
    out << " (rows say which from row " << verdict.texts_compared_from << " on)";
  out << '\n';
}

void write_fault(std::ostream& out, journal::Verdict const& verdict) {
  if (verdict.log_whole)
    out << "THE STORE WAS TAMPERED WITH, its log was not: see row " << verdict.first_bad_row
        << " of " << verdict.rows << ", " << views::plain(verdict.why);
  else
    out << "THE LOG WAS TAMPERED WITH: first bad row " << verdict.first_bad_row << " of "
        << verdict.rows << ", " << views::plain(verdict.why);
  out << "\nKeep a copy of the data folder as it is, and compare with the checkpoints published on "
         "siaga/log.\n";
}

std::optional<journal::KeptCheckpoint> read_checkpoint(std::string_view line) {
  auto const colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  journal::KeptCheckpoint kept;
  auto const* const end = line.data() + colon;
  auto const read = std::from_chars(line.data(), end, kept.size);
  kept.root = line.substr(colon + 1);
  bool const is_root =
      kept.root.size() == 64 && kept.root.find_first_not_of("0123456789abcdef") == kept.root.npos;
  if (read.ec != std::errc() || read.ptr != end || kept.size <= 0 || !is_root) return std::nullopt;
  return kept;
}

std::string_view stripped(std::string_view line) {
  auto const begin = line.find_first_not_of(" \t\r");
  if (begin == line.npos || line[begin] == '#') return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

// One of them as it is written, else the lines of a file.
bool read_against(std::string const& text, Terminal const& terminal,
                  std::vector<journal::KeptCheckpoint>& against) {
  if (text.empty()) return true;
  if (auto const one = read_checkpoint(text)) {
    against.push_back(*one);
    return true;
  }
  std::ifstream file(text);
  if (!file) {
    terminal.err << "siaga: --against '" << views::plain(text)
                 << "' is neither SIZE:ROOT nor a file that can be read\n";
    return false;
  }
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    auto const wanted = stripped(line);
    if (wanted.empty()) continue;
    auto const kept = read_checkpoint(wanted);
    if (!kept) {
      terminal.err << "siaga: " << views::plain(text) << ':' << number
                   << ": not SIZE:ROOT, the root as 64 hexadecimal digits\n";
      return false;
    }
    against.push_back(*kept);
  }
  return true;
}

}  // namespace

int answer_log(Question const& question) {
  auto const found = question.history.log(question.filter);
  if (!found) return failed(question.terminal, found.error());
  write(question, views::listing_of(*found, question.zone));
  return exit_good;
}

int answer_verdict(Question const& question, journal::VerifyAids const& aids) {
  auto const verdict = question.history.verify(aids);
  if (!verdict) return failed(question.terminal, verdict.error());
  auto& out = question.terminal.out;
  if (question.format == "json")
    views::write_json(out, {object_of(*verdict)});
  else if (verdict->whole)
    write_whole(out, *verdict);
  else
    write_fault(out, *verdict);
  return verdict->whole ? exit_good : exit_tampered;
}

int log_show(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_log);
}

int log_verify(QueryOptions const& options, Terminal const& terminal) {
  journal::VerifyAids aids;
  if (!read_against(options.against, terminal, aids.against)) return exit_usage;
  aids.decoder = cap::decoder_version;
  aids.decode = cap::reread;
  return ask(options, terminal,
             [&](Question const& question) { return answer_verdict(question, aids); });
}

int log_accept_rollback(QueryOptions const& options, Terminal const& terminal) {
  auto const loaded = config::load_gateway(options.config_file);
  if (!loaded.usable()) return refuse_configuration(loaded, terminal);
  auto const accepted = journal::accept_rollback(loaded.settings.gateway.data_dir);
  if (!accepted) return failed(terminal, accepted.error());
  terminal.out << "accepted: this store goes on, though checkpoint " << *accepted
               << " was published of a newer one.\nA running gateway takes note within seconds, "
                  "else the next start does; then it publishes its own.\n";
  return exit_good;
}

}  // namespace siaga::cli
