#pragma once
// What the jobs of an import share.
#include "imports/imports.hpp"

#include <algorithm>

namespace imports {

// The records changed so that what the dry run said no longer holds.
inline Problem outdated() { return {Fault::conflict, "import_outdated"}; }

class Steps { // tells how far a job is, and stops it when it was asked to
public:
    Steps(jobs::Progress& progress, std::int64_t total) : progress_(progress), total_(total) {}
    void one()
    {
        if (++done_ % progress_every != 0) return;
        if (progress_.cancelled()) throw jobs::Cancelled{};
        progress_.advance(std::min(done_, total_), total_);
    }

private:
    static constexpr std::int64_t progress_every = 256; // rows

    jobs::Progress& progress_;
    std::int64_t total_;
    std::int64_t done_ = 0;
};

} // namespace imports
