export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: "none" }}>
      <rect width="32" height="32" rx="7" fill="#1f4e8c" />
      <path
        d="M4 16s4.6-7.5 12-7.5S28 16 28 16s-4.6 7.5-12 7.5S4 16 4 16Z"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="16" r="3.6" fill="#fff" />
    </svg>
  );
}
