#pragma once
// What every request from the network must pass: where it comes from, and when. A session that is
// open stays open, and gets no further than anybody else.
#include "admission/access.hpp"
#include "http/dispatch.hpp"

#include <mutex>
#include <set>

namespace admission {

class NetworkGate final : public http::Gate { // 接続元
public:
    explicit NetworkGate(Access const& access) : access_(access) {}

    Result<void>
    admit(http::Caller const& caller, net::Request const& request, Instant now) override;

private:
    Access const& access_;
};

class HoursGate final : public http::Gate { // 利用時間
public:
    HoursGate(Access const& access, store::Pool& pool) : access_(access), pool_(pool) {}

    Result<void>
    admit(http::Caller const& caller, net::Request const& request, Instant now) override;

private:
    // In flag mode: a finding once a day of every session that is used outside of the hours.
    void note(http::Caller const& caller, net::Request const& request, Instant now);

    Access const& access_;
    store::Pool& pool_;
    std::mutex mutex_;
    std::int64_t noted_day_ = 0;
    std::set<std::string> noted_; // sessions of that day
};

} // namespace admission
