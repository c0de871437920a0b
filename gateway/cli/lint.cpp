// `siaga lint`: the daemon's own reader on files, for agencies to try before they publish.
#include "protocols/cap/lint.hpp"
#include "gateway/base/visible.hpp"

#include <boost/json/array.hpp>
#include <optional>

#include "gateway/app/rehearsal.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/files.hpp"
#include "gateway/views/table.hpp"

namespace siaga::cli {
namespace json = boost::json;

namespace {

char const* word_of(cap::Origin origin) {
  switch (origin) {
    case cap::Origin::standard:
      return "standard";
    case cap::Origin::policy:
      return "policy";
    case cap::Origin::advice:
      return "advice";
  }
  return "";
}

void write_text(std::ostream& out, std::string const& file,
                std::vector<cap::Finding> const& findings) {
  for (auto const& [origin, reason] : findings)
    out << views::plain(file) << ": "
        << (reason.path.empty() ? "" : views::plain(reason.path) + ": ")
        << views::plain(reason.text) << " [" << reason.rule << ", " << word_of(origin) << "]\n";
  out << views::plain(file) << ": " << (cap::refuses(findings) ? "would be refused" : "good")
      << '\n';
}

json::object json_of(std::string const& file, std::vector<cap::Finding> const& findings) {
  json::array array;
  for (auto const& [origin, reason] : findings)
    array.push_back(json::object{{"path", reason.path},
                                 {"rule", reason.rule},
                                 {"origin", word_of(origin)},
                                 {"text", reason.text}});
  return {{"file", file},
          {"verdict", cap::refuses(findings) ? "refused" : "good"},
          {"findings", std::move(array)}};
}

// The gateway's own limits where its configuration is at hand, else those it has by default.
std::optional<cap::Settings> settings_in(std::string const& config_file, Terminal const& terminal) {
  if (config_file.empty()) return cap::Settings();
  auto const loaded = load_configuration(config_file);
  if (loaded.usable())
    return loaded.settings.section<cap::Settings>(std::string(cap::section_name));
  for (auto const& problem : loaded.problems) terminal.err << problem.text() << '\n';
  return std::nullopt;
}

}  // namespace

int lint(LintOptions const& options, Terminal const& terminal) {
  auto const settings = settings_in(options.config_file, terminal);
  if (!settings) return exit_bad_config;
  int exit = exit_good;
  std::vector<json::object> rows;
  for (auto const& file : options.files) {
    auto const bytes = read_alert_file(file);
    if (!bytes) {
      terminal.err << "siaga: " << visible(bytes.error().text()) << '\n';
      return exit_unknown;
    }
    auto const findings = cap::lint(*bytes, *settings);
    if (cap::refuses(findings)) exit = exit_bad_alert;
    if (options.format == "json")
      rows.push_back(json_of(file, findings));
    else
      write_text(terminal.out, file, findings);
  }
  if (options.format == "json") views::write_json(terminal.out, rows);
  return exit;
}

}  // namespace siaga::cli
