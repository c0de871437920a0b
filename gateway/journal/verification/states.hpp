// states: compares the tables of alerts and deliveries, which people are shown, with the fold of
// the log and with the messages the alerts came from.
//
// Place:  verify -> STATES -> tables alerts, deliveries.
// Thread: the one that reads.
// Time:   no transaction is long, so the gateway goes on and its write-ahead log stays small. An
//         entry that differs is read again with its own rows, in one transaction: it may have
//         changed meanwhile.
// See:    decisions/0027-what-verify-sees.md, tests/journal/verification/verify_test.cpp
#pragma once

#include "gateway/journal/verification/evidence.hpp"
#include "gateway/journal/verification/fold.hpp"
#include "gateway/journal/verification/verdict.hpp"

namespace siaga::journal {

std::optional<Fault> compare_deliveries(Database& database, Fold const& fold, IdRange ids);

// State and origin of each alert; what its message says, where it can be compared.
class AlertTexts {
 public:
  AlertTexts(Database& database, Fold const& fold, Evidence const& evidence, Decoding const& decode)
      : database_(database), fold_(fold), evidence_(evidence), decode_(decode) {}

  std::optional<Fault> compare(IdRange ids);
  std::int64_t not_comparable() const noexcept { return not_comparable_; }

 private:
  std::optional<Fault> compare_next(std::int64_t& after, IdRange ids, bool& more);
  std::optional<Fault> compare_one(Query const& row, Fold::Alert const& told);
  std::optional<Fault> compare_text(Query const& row, std::int64_t accepted);

  Database& database_;
  Fold const& fold_;
  Evidence const& evidence_;
  Decoding const& decode_;
  std::int64_t not_comparable_ = 0;
};

}  // namespace siaga::journal
