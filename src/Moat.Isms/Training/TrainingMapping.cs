using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.People.Competence;

namespace Moat.Isms.Training;

internal sealed class CourseAssignmentMapping : IEntityTypeConfiguration<CourseAssignment>
{
    public void Configure(EntityTypeBuilder<CourseAssignment> builder)
    {
        builder.ToTable("course_assignment");
        builder.Property(x => x.CourseId).HasMaxLength(80);
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Why).HasMaxLength(500);
        builder.Property(x => x.EndedBecause).HasMaxLength(500);
        builder.Ignore(x => x.IsOpen);
        builder.HasIndex(x => new { x.OrganizationId, x.PersonId });
        builder.HasIndex(x => new { x.OrganizationId, x.CourseId });
    }
}

internal sealed class QuizAttemptMapping : IEntityTypeConfiguration<QuizAttempt>
{
    public void Configure(EntityTypeBuilder<QuizAttempt> builder)
    {
        builder.ToTable("quiz_attempt");
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.AssignmentId });
    }
}

internal sealed class ExternalTrainingMapping : IEntityTypeConfiguration<ExternalTraining>
{
    public void Configure(EntityTypeBuilder<ExternalTraining> builder)
    {
        builder.ToTable("external_training");
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Provider).HasMaxLength(200);
        builder.Property(x => x.FileName).HasMaxLength(200);
        builder.Property(x => x.FileSha256).HasMaxLength(64);
        builder.HasIndex(x => new { x.OrganizationId, x.PersonId });
    }
}

internal sealed class CompetenceNeedMapping : IEntityTypeConfiguration<CompetenceNeed>
{
    public void Configure(EntityTypeBuilder<CompetenceNeed> builder)
    {
        builder.ToTable("competence_need");
        builder.Property(x => x.RoleKey).HasMaxLength(80);
        builder.Property(x => x.RoleTitle).HasMaxLength(200);
        builder.Property(x => x.What).HasMaxLength(1000);
    }
}

internal sealed class CompetenceProofMapping : IEntityTypeConfiguration<CompetenceProof>
{
    public void Configure(EntityTypeBuilder<CompetenceProof> builder)
    {
        builder.ToTable("competence_proof");
        builder.Property(x => x.What).HasMaxLength(2000);
        builder.Property(x => x.JudgedBy).HasMaxLength(200);
        builder.Property(x => x.Step).HasMaxLength(2000);
        builder.Property(x => x.CheckedHow).HasMaxLength(2000);
        builder.Ignore(x => x.Holds);
        builder.HasIndex(x => new { x.OrganizationId, x.NeedId });
    }
}
