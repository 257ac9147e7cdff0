using Moat.Isms.Assets;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Versions that bills of materials tell of: their hashes, and what they were made from.</summary>
internal sealed class BillVersions(MoatDb db, VersionFeed feed) : IBillVersions
{
    /// <inheritdoc />
    public async Task<IVersionPlan> Plan(
        BomDocument bill,
        string teller,
        IReadOnlyDictionary<string, Asset> known,
        Func<string, bool> left,
        CancellationToken ct
    )
    {
        var shelf = await VersionShelf.Of(db, [.. known.Values.Select(a => a.Id).Distinct()], ct);
        return new BillPlan(feed, shelf, bill, teller, known, left);
    }

    private sealed class BillPlan : IVersionPlan
    {
        private readonly VersionFeed _feed;
        private readonly VersionShelf _shelf;
        private readonly string _teller;
        private readonly IReadOnlyDictionary<string, BomAsset> _named;
        private readonly IReadOnlyList<BomVersion> _versions;
        private readonly IReadOnlyList<BomDescent> _descents;
        private readonly HashSet<BomDescent> _contradicting;
        private readonly List<BomChange> _changes = [];
        private readonly List<string> _apart = [];

        public BillPlan(
            VersionFeed feed,
            VersionShelf shelf,
            BomDocument bill,
            string teller,
            IReadOnlyDictionary<string, Asset> known,
            Func<string, bool> left
        )
        {
            (_feed, _shelf, _teller) = (feed, shelf, teller);
            _named = bill.Assets.ToDictionary(a => a.Key);
            bool Counts(BomVersionName name) =>
                _named.ContainsKey(name.Key)
                && !left(name.Key)
                && VersionProcess.Versioned.Contains(known.GetValueOrDefault(name.Key)?.Kind ?? _named[name.Key].Kind);
            _versions = [.. bill.Versions.Where(v => Counts(v.Name))];
            _descents = [.. bill.Descents.Where(d => Counts(d.Made) && Counts(d.From))];
            foreach (var version in _versions)
                Compare(version, Shelved(version.Name, known));
            _contradicting = [.. _descents.Where(d => Contradicts(d, known))];
            foreach (var descent in _descents)
                Compare(descent, known);
        }

        public IReadOnlyList<BomChange> Changes => _changes;

        public IReadOnlyList<string> Remarks =>
            _apart.Count == 0
                ? []
                :
                [
                    "The bill and the register have no algorithm in common, so nobody can say whether the bytes are the same: "
                        + $"{string.Join(", ", _apart.Take(5))}{(_apart.Count > 5 ? $" and {_apart.Count - 5} more" : "")}.",
                ];

        public async Task Apply(BillOfMaterials bill, IReadOnlyDictionary<string, Asset> assets, CancellationToken ct)
        {
            var by = new VersionTeller(_teller, bill.Ref);
            var taken = new Dictionary<BomVersionName, ShelvedVersion>();
            foreach (var version in _versions)
                taken[version.Name] = await _feed.Take(_shelf, assets[version.Name.Key], Told(version), by, ct);
            foreach (var descent in _descents)
                await _feed.Descend(
                    taken[descent.Made],
                    taken[descent.From].Version,
                    assets[descent.From.Key].Kind,
                    _contradicting.Contains(descent),
                    by,
                    ct
                );
        }

        private static ToldVersion Told(BomVersion version) =>
            new(version.Name.Name, version.Digests) { Location = version.Location };

        private ShelvedVersion? Shelved(BomVersionName name, IReadOnlyDictionary<string, Asset> known) =>
            known.TryGetValue(name.Key, out var asset) ? _shelf.Find(asset.Id, name.Name) : null;

        private void Compare(BomVersion version, ShelvedVersion? known)
        {
            var told = Told(version);
            var subject = known is null ? Called(version.Name) : $"{known.Version.Ref} {known.Version.Caption}";
            var before = ToldVersion.Spelled(known?.Digests ?? []);
            switch (VersionShelf.Weigh(known, told, _teller))
            {
                case FedWord.New:
                    _changes.Add(new BomChange("new version", subject, "digest", null, told.Bytewise));
                    break;
                case FedWord.More:
                    _changes.Add(new BomChange("more known", subject, "digest", before, told.Bytewise));
                    break;
                case FedWord.Other:
                    _changes.Add(new BomChange("other bytes", subject, "digest", before, told.Bytewise));
                    break;
                case FedWord.Again:
                    _changes.Add(new BomChange("known bytes again", subject, "digest", before, told.Bytewise));
                    break;
                case FedWord.Apart:
                    _changes.Add(new BomChange("cannot be compared", subject, "digest", before, told.Bytewise));
                    _apart.Add(subject);
                    break;
            }
        }

        private void Compare(BomDescent descent, IReadOnlyDictionary<string, Asset> known)
        {
            var (made, from) = (Shelved(descent.Made, known), Shelved(descent.From, known));
            if (from is not null && made?.Origins.ContainsKey(from.Version.Id) == true)
                return;
            var what = _contradicting.Contains(descent) ? "other origin" : "new relation";
            if (
                what == "other origin"
                && from is not null
                && VersionShelf.Before(made!, VersionFeed.From(from.Version), _teller)
            )
                return;
            _changes.Add(new BomChange(what, Called(descent.Made), LinkTypes.MadeFrom, null, Called(descent.From)));
        }

        /// <summary>Of those of its kind that are known as origins the bill names none.</summary>
        private bool Contradicts(BomDescent descent, IReadOnlyDictionary<string, Asset> known)
        {
            if (Shelved(descent.Made, known) is not { Origins.Count: > 0 } made)
                return false;
            var kind = KindOf(descent.From);
            var named = _descents
                .Where(d => d.Made == descent.Made)
                .Select(d => Shelved(d.From, known)?.Version.Id)
                .ToHashSet();
            var ofKind = made.Origins.Where(o => o.Value == kind).Select(o => (Guid?)o.Key).ToList();
            return ofKind.Count > 0 && !ofKind.Exists(named.Contains);

            string KindOf(BomVersionName name) => known.GetValueOrDefault(name.Key)?.Kind ?? _named[name.Key].Kind;
        }

        private string Called(BomVersionName name) => $"{_named[name.Key].Name} {name.Name}";
    }
}
