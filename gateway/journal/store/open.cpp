#include "gateway/journal/store/open.hpp"

#include <future>

#include "gateway/journal/changes/claim.hpp"
#include "gateway/journal/changes/publish.hpp"
#include "gateway/journal/changes/record_receipt.hpp"
#include "gateway/journal/changes/rollback.hpp"
#include "gateway/journal/database/sqlite/open.hpp"
#include "gateway/journal/store/inbox.hpp"
#include "gateway/journal/store/journal.hpp"

namespace siaga::journal {
namespace {

using Reopen = std::function<Result<std::size_t>(Transaction&)>;

class ReopenJob final : public JobOf<std::size_t, Reopen> {
 public:
  explicit ReopenJob(Moment now)
      : JobOf(JobKind::recording, [now](Transaction& tx) {
          await_receipts_anew(tx, now.utc);
          judge_outbox(tx, now.utc);
          return journal::reopen_claims(tx, now);
        }) {}
  std::future<Result<std::size_t>> result() { return promise_.get_future(); }
  void settle() noexcept override { promise_.set_value(std::move(*result_)); }

 private:
  std::promise<Result<std::size_t>> promise_;
};

class StoreOfOneThread final : public Store {
 public:
  StoreOfOneThread(boost::asio::any_io_executor core, StoreSettings settings,
                   std::unique_ptr<Database> database)
      : thread_(core, std::move(settings), std::move(database)),
        feed_(std::make_shared<InboundFeed>(core)),
        journal_(core, thread_, feed_),
        inbox_(core, thread_, feed_) {}

  Journal& journal() override { return journal_; }
  Inbox& inbox() override { return inbox_; }
  LinkKeys const& link_keys() const override { return thread_.link_keys(); }
  Result<std::size_t> reopen_claims(Moment now) override {
    auto job = std::make_unique<ReopenJob>(now);
    auto result = job->result();
    thread_.push(std::move(job));
    return result.get();
  }

 private:
  StoreThread thread_;
  std::shared_ptr<InboundFeed> feed_;
  StoredJournal journal_;
  StoredInbox inbox_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_store(boost::asio::any_io_executor core,
                                          StoreSettings settings) {
  try {
    auto database = open_to_write(settings.data_dir, settings.free_bytes_min);
    return std::unique_ptr<Store>(std::make_unique<StoreOfOneThread>(
        std::move(core), std::move(settings), std::move(database)));
  } catch (SqlFailure const& failure) {
    return failure.error();
  }
}

Result<std::unique_ptr<History>> open_history(std::string const& data_dir) {
  try {
    return make_history(open_to_read(data_dir));
  } catch (SqlFailure const& failure) {
    return failure.error();
  }
}

Result<std::string> accept_rollback(std::string const& data_dir) {
  try {
    auto const database = open_beside(data_dir);
    database->begin();
    auto noted = accept_noted(*database);
    noted ? database->commit() : database->roll_back();
    return noted;
  } catch (SqlFailure const& failure) {
    return failure.error();
  }
}

}  // namespace siaga::journal
