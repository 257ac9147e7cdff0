using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Context;

internal sealed class CompanyProfileMapping : IEntityTypeConfiguration<CompanyProfile>
{
    public void Configure(EntityTypeBuilder<CompanyProfile> builder)
    {
        builder.ToTable("company_profile");
        builder.Property(x => x.Answers).HasMaxLength(100000);
    }
}

internal sealed class ContextIssueMapping : IEntityTypeConfiguration<ContextIssue>
{
    public void Configure(EntityTypeBuilder<ContextIssue> builder)
    {
        builder.ToTable("context_issue");
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Effect).HasMaxLength(2000);
        builder.Ignore(x => x.Told);
    }
}

internal sealed class InterestedPartyMapping : IEntityTypeConfiguration<InterestedParty>
{
    public void Configure(EntityTypeBuilder<InterestedParty> builder)
    {
        builder.ToTable("interested_party");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Needs).HasMaxLength(2000);
        builder.Property(x => x.Answer).HasMaxLength(2000);
    }
}

internal sealed class ObligationMapping : IEntityTypeConfiguration<Obligation>
{
    public void Configure(EntityTypeBuilder<Obligation> builder)
    {
        builder.ToTable("obligation");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Asks).HasMaxLength(2000);
        builder.Property(x => x.Controls).HasMaxLength(2000);
    }
}

internal sealed class ScopeMapping : IEntityTypeConfiguration<Scope>
{
    public void Configure(EntityTypeBuilder<Scope> builder)
    {
        builder.ToTable("scope");
        builder.Property(x => x.Statement).HasMaxLength(2000);
        builder.Property(x => x.Boundaries).HasMaxLength(8000);
        builder.Property(x => x.Exclusions).HasMaxLength(8000);
        builder.Property(x => x.ApprovedBy).HasMaxLength(200);
    }
}

internal sealed class BusinessObjectiveMapping : IEntityTypeConfiguration<BusinessObjective>
{
    public void Configure(EntityTypeBuilder<BusinessObjective> builder)
    {
        builder.ToTable("business_objective");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.WhySecurity).HasMaxLength(2000);
        builder.Property(x => x.Outcome).HasMaxLength(2000);
    }
}
