// Plan text: a plan as people read it: each step, whom it tells, by which path, in which words, and
// which rule said so.
//
// Place:  plan -> PLAN TEXT -> standard output.
// Thread: main.
// Note:   code and link are given on acceptance; placeholders stand for them.
#pragma once

#include <ostream>

#include "config/settings.hpp"
#include "gateway/app/rehearsal.hpp"
#include "gateway/domain/command.hpp"
#include "gateway/domain/plan.hpp"

namespace siaga::cli {

class PlanText {
 public:
  PlanText(config::Settings const& settings, Alert const& alert, AgencyId agency,
           std::ostream& out);

  void head(Command const& command, UtcTime at);
  void ladder(Ladder const& ladder, Paths const& paths, Rehearsal const& rehearsal);

 private:
  void step(Step const& step, std::size_t number, Paths const& paths, Rehearsal const& rehearsal);
  std::string words(Recipient const& recipient, int step, Rehearsal const& rehearsal) const;
  std::string name_of(Recipient const& recipient) const;

  config::Settings const& settings_;
  Alert const& alert_;
  AgencyId agency_;
  std::string agency_name_;
  std::ostream& out_;
  MessageKind kind_ = MessageKind::alert;
};

}  // namespace siaga::cli
