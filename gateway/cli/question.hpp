// Question: what is asked about the past: the store that is asked, the filter, and the form of the
// answer.
//
// Place:  alerts, alert, acks, log -> QUESTION -> journal::History.
// Thread: main.
// Errors: ask() has told the person what is wrong before it gives an exit code.
#pragma once

#include <functional>
#include <memory>

#include "config/gateway_section.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/domain/message.hpp"
#include "gateway/journal/history/history.hpp"
#include "gateway/views/listing.hpp"

namespace siaga::cli {

struct Question {
  journal::History& history;
  journal::HistoryFilter filter;
  std::string format;
  ZoneName zone;
  Terminal const& terminal;
};

using Answering = std::function<int(Question const&)>;

// Reads the configuration, opens the store read-only, fills the filter and lets `answer` do the
// rest.
int ask(QueryOptions const& options, Terminal const& terminal, Answering const& answer);

// Says what is wrong with it.
int refuse_configuration(config::Loaded const& loaded, Terminal const& terminal);

// What stood in the way, and the exit code for it.
int failed(Terminal const& terminal, Error const& error);

// That a name is that of several alerts, and their numbers.
std::string several(std::vector<journal::AlertRow> const& alerts);

// In the format asked for.
void write(Question const& question, views::Listing const& listing);

}  // namespace siaga::cli
