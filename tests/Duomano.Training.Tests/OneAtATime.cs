// Torch's random generator is one for the whole process: trainings that seed it at every step must not run side by side.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
