using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.People;

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("person");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Email).HasMaxLength(254);
        builder.Property(x => x.Department).HasMaxLength(100);
        builder.Property(x => x.JobTitle).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.Email }).IsUnique();
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("membership");
        builder.Property(x => x.Email).HasMaxLength(254);
        builder.HasIndex(x => new { x.OrganizationId, x.UserId }).IsUnique();
        builder.HasIndex(x => x.UserId);
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitation");
        builder.Property(x => x.Email).HasMaxLength(254);
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Purpose).HasMaxLength(300);
        builder.Property(x => x.SecretHash).HasMaxLength(64);
        builder.HasIndex(x => new { x.OrganizationId, x.SecretHash }).IsUnique();
    }
}

internal sealed class ApiTokenMapping : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_token");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.SecretHash).HasMaxLength(64);
        builder.HasIndex(x => new { x.OrganizationId, x.SecretHash }).IsUnique();
    }
}

internal sealed class NobodyElseMapping : IEntityTypeConfiguration<NobodyElse>
{
    public void Configure(EntityTypeBuilder<NobodyElse> builder)
    {
        builder.ToTable("nobody_else");
        builder.Property(x => x.SaidBy).HasMaxLength(200);
        builder.Property(x => x.Reason).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.PersonId });
    }
}
