#pragma once
// Putting a restored copy in the place of what the data folder holds. A crash at any moment leaves
// the old data or the new, never a mix that is opened; nothing of the old is deleted.
//
//   restoring/new       the copy while it is made: no promise yet, the old data still stand
//   restoring/proven    complete and proven; from here on the exchange is carried through
//   restoring/old       what stood before, moved out entry by entry
//   restoring/placing   `proven` once everything old is out; its entries are moved in
//
// At the end `old` becomes before-restore-<time> and `restoring` goes.
#include "base/clock.hpp"

#include <filesystem>
#include <optional>

namespace backup {

class InPlace {
public:
    explicit InPlace(std::filesystem::path data_folder);

    // Cut off while it was carried through: nobody may open the office before `finish`.
    bool begun() const;

    std::filesystem::path prepare(); // an empty folder for the copy
    void proven();                   // the copy is complete
    void withdraw();                 // after prepare or proven: the old data stand
    // Carries the exchange through, from wherever it stands. Returns where the old data lie now.
    std::optional<std::filesystem::path> finish(Instant now);

private:
    void move_out() const;
    std::filesystem::path data_;
    std::filesystem::path work_;
};

} // namespace backup
