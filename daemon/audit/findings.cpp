#include "audit/findings.hpp"

namespace audit {

void add_finding(store::Pool& pool, Finding const& finding)
{
    auto batch = pool.batch({store::Kind::log, {}, 1});
    batch.exec(
        R"(INSERT INTO finding (at, class, account_id, address, detail, request_id)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6))",
        finding.at, finding.kind, finding.account_id, finding.address, finding.detail,
        finding.request_id
    );
    batch.commit();
}

} // namespace audit
