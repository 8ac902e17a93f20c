// The icons in use. Each is an ornament beside words: hidden from assistive technology, which would read its English name.

import {
  AimOutlined,
  AlertOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  ArrowDownOutlined,
  ArrowUpOutlined,
  AuditOutlined,
  BarChartOutlined,
  BellOutlined,
  BookOutlined,
  BranchesOutlined,
  BugOutlined,
  BulbOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  CheckOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  ContactsOutlined,
  ControlOutlined,
  DashboardOutlined,
  DeleteOutlined,
  DesktopOutlined,
  DownloadOutlined,
  EditOutlined,
  EyeOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FilterOutlined,
  FundOutlined,
  GlobalOutlined,
  HistoryOutlined,
  HolderOutlined,
  HomeOutlined,
  InboxOutlined,
  KeyOutlined,
  LaptopOutlined,
  LeftOutlined,
  LockOutlined,
  LogoutOutlined,
  MenuFoldOutlined,
  MenuOutlined,
  MenuUnfoldOutlined,
  MessageOutlined,
  MoonOutlined,
  MoreOutlined,
  PaperClipOutlined,
  PlusOutlined,
  PrinterOutlined,
  ProfileOutlined,
  PushpinFilled,
  PushpinOutlined,
  QuestionCircleOutlined,
  RadarChartOutlined,
  ReadOutlined,
  ReloadOutlined,
  RightOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  SearchOutlined,
  SecurityScanOutlined,
  SettingOutlined,
  ShoppingOutlined,
  SolutionOutlined,
  SunOutlined,
  SwapOutlined,
  TableOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  TransactionOutlined,
  UndoOutlined,
  UploadOutlined,
  UserAddOutlined,
  UserOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";

const ornament = (Icon: ComponentType<{ "aria-hidden"?: boolean }>) => () => <Icon aria-hidden />;

/** Filled where something is pinned. */
export const PinIcon = ({ filled }: { filled: boolean }) =>
  filled ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />;
export const JobIcon = ornament(HistoryOutlined);
export const CalendarIcon = ornament(CalendarOutlined);
export const BoardIcon = ornament(AppstoreOutlined);
export const DownIcon = ornament(ArrowDownOutlined);
export const UpIcon = ornament(ArrowUpOutlined);
export const ThemeIcon = ornament(BulbOutlined);
export const ContactIcon = ornament(ContactsOutlined);
export const DeleteIcon = ornament(DeleteOutlined);
export const SystemIcon = ornament(DesktopOutlined);
export const DownloadIcon = ornament(DownloadOutlined);
export const EditIcon = ornament(EditOutlined);
export const EyeIcon = ornament(EyeOutlined);
export const ObjectIcon = ornament(FileTextOutlined);
export const FileIcon = ornament(PaperClipOutlined);
export const FilterIcon = ornament(FilterOutlined);
export const OpportunityIcon = ornament(FundOutlined);
export const DragIcon = ornament(HolderOutlined);
export const LanguageIcon = ornament(GlobalOutlined);
export const HomeIcon = ornament(HomeOutlined);
export const PasswordIcon = ornament(KeyOutlined);
export const DeviceIcon = ornament(LaptopOutlined);
export const PreviousIcon = ornament(LeftOutlined);
export const AuditPolicyIcon = ornament(ControlOutlined);
export const WaitIcon = ornament(ClockCircleOutlined);
export const CheckIcon = ornament(CheckOutlined);
export const AlertIcon = ornament(AlertOutlined);
export const WarningIcon = ornament(WarningOutlined);
export const LockIcon = ornament(LockOutlined);
export const SignOutIcon = ornament(LogoutOutlined);
export const FoldIcon = ornament(MenuFoldOutlined);
export const MenuIcon = ornament(MenuOutlined);
export const UnfoldIcon = ornament(MenuUnfoldOutlined);
export const FollowUpIcon = ornament(MessageOutlined);
export const MoonIcon = ornament(MoonOutlined);
export const MoreIcon = ornament(MoreOutlined);
export const PlusIcon = ornament(PlusOutlined);
export const PrintIcon = ornament(PrinterOutlined);
export const HelpIcon = ornament(QuestionCircleOutlined);
export const GuideIcon = ornament(ReadOutlined);
export const NextIcon = ornament(RightOutlined);
export const SafetyIcon = ornament(SafetyOutlined);
export const SearchIcon = ornament(SearchOutlined);
export const SettingsIcon = ornament(SettingOutlined);
export const SunIcon = ornament(SunOutlined);
export const TransferIcon = ornament(SwapOutlined);
export const TableIcon = ornament(TableOutlined);
export const CustomerIcon = ornament(TeamOutlined);
export const UserIcon = ornament(UserOutlined);
export const AuditIcon = ornament(AuditOutlined);
export const BellIcon = ornament(BellOutlined);
export const CountsIcon = ornament(BarChartOutlined);
export const ReloadIcon = ornament(ReloadOutlined);
export const LedgerIcon = ornament(SafetyCertificateOutlined);
export const PeopleIcon = ornament(ApartmentOutlined);
export const PostureIcon = ornament(SecurityScanOutlined);
export const ProgrammeIcon = ornament(ProfileOutlined);
export const PoolIcon = ornament(InboxOutlined);
export const TrainingIcon = ornament(BookOutlined);
export const TaskIcon = ornament(CarryOutOutlined);
export const LeadIcon = ornament(UserAddOutlined);
export const RequestIcon = ornament(CheckSquareOutlined);
export const ReviewIcon = ornament(FileProtectOutlined);
export const GrantIcon = ornament(ClockCircleOutlined);
export const FlowIcon = ornament(BranchesOutlined);
export const AutomationIcon = ornament(ThunderboltOutlined);
export const UploadIcon = ornament(UploadOutlined);
export const UndoIcon = ornament(UndoOutlined);
export const DetectionIcon = ornament(RadarChartOutlined);
export const TracksIcon = ornament(SolutionOutlined);
export const DashboardIcon = ornament(DashboardOutlined);
export const ProductIcon = ornament(ShoppingOutlined);
export const ContractIcon = ornament(FileDoneOutlined);
export const PlanIcon = ornament(ScheduleOutlined);
export const PaymentIcon = ornament(TransactionOutlined);
export const BugIcon = ornament(BugOutlined);
export const CaseIcon = ornament(FileSearchOutlined);
export const TargetIcon = ornament(AimOutlined);
